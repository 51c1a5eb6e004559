import { describe, expect, test } from 'vitest';

import { positionAfter, sliderScale } from '../../../../web/src/panels/form/slider_scale';
import { parameter } from '../parameters';

describe('a logarithmic slider', () => {
  const scale = sliderScale(
    parameter('p', { minimum: 2, maximum: 2 ** 31 - 1, scale: 'logarithmic' }),
  )!;

  test('reaches both ends exactly', () => {
    expect(scale.toValue(0)).toBe(2);
    expect(scale.toValue(scale.steps)).toBe(2 ** 31 - 1);
  });

  test('never goes back, and gives numbers of two digits', () => {
    for (let position = 1; position < scale.steps; position += 1) {
      const value = scale.toValue(position);
      expect(value).toBeGreaterThanOrEqual(scale.toValue(position - 1));
      expect(value).toBe(Number(value.toPrecision(2)));
    }
  });

  test('comes back to the value that it is put to', () => {
    for (const value of [2, 100, 1000, 10000, 2 ** 31 - 1]) {
      const there = scale.toValue(scale.toPosition(value));
      expect(Math.abs(Math.log(there / value))).toBeLessThan(0.08);
    }
  });

  test('from 0 has a step for 0 itself', () => {
    const fromZero = sliderScale(
      parameter('p', { minimum: 0, maximum: 1e6, scale: 'logarithmic' }),
    )!;
    expect(fromZero.toValue(0)).toBe(0);
    expect(fromZero.toValue(1)).toBe(1);
    expect(fromZero.toPosition(0)).toBe(0);
    expect(fromZero.toPosition(1)).toBe(1);
  });
});

describe('a linear slider', () => {
  test('gives decimal fractions without a tail', () => {
    const scale = sliderScale(parameter('p', { type: 'number', minimum: 0, maximum: 1 }))!;
    for (let position = 0; position <= scale.steps; position += 1) {
      expect(scale.toValue(position)).toBe(position / 100);
      expect(scale.toPosition(position / 100)).toBe(position);
    }
  });

  test('has a step for every whole number of a small range', () => {
    const scale = sliderScale(parameter('p', { minimum: 1, maximum: 16 }))!;
    expect(scale.steps).toBe(15);
    expect(scale.toValue(4)).toBe(5);
  });
});

test('a range that no hand could aim at has no slider', () => {
  expect(sliderScale(parameter('seed', { minimum: 0, maximum: 2 ** 53 - 1 }))).toBeUndefined();
  expect(sliderScale(parameter('one', { minimum: 1, maximum: 1 }))).toBeUndefined();
});

describe('keys move a slider', () => {
  const after = (key: string, position: number, more = {}) =>
    positionAfter({ key, ctrlKey: false, metaKey: false, altKey: false, ...more }, position, 100);

  test('by a step, by a tenth, and to its ends, but not past them', () => {
    expect(after('ArrowRight', 5)).toBe(6);
    expect(after('ArrowUp', 100)).toBe(100);
    expect(after('ArrowLeft', 5)).toBe(4);
    expect(after('ArrowDown', 0)).toBe(0);
    expect(after('PageUp', 5)).toBe(15);
    expect(after('PageDown', 5)).toBe(0);
    expect(after('Home', 5)).toBe(0);
    expect(after('End', 5)).toBe(100);
  });

  test('unless they mean something else', () => {
    expect(after('a', 5)).toBeUndefined();
    expect(after('ArrowLeft', 5, { altKey: true })).toBeUndefined();
  });
});
