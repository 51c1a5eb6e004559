import { describe, expect, test } from 'vitest';

import { barEdges, histogram } from '../../../../web/src/charts/histogram';
import { nodes, numberAt, textsOf, withClass } from './read';

const size = { width: 300, height: 200 };
const draw = (values: number[], expected?: number) =>
  histogram(
    { title: 'local coherence', axis: 'share of equal neighbours', values, expected },
    size,
  );

/** 200 shares with denominator 255, as sequences of 256 tokens have. */
const shares = Array.from({ length: 200 }, (_, i) => ((i * 7) % 9) / 255);

describe('edges', () => {
  test('give each value of a coarse grid a bar around its middle', () => {
    const edges = barEdges(shares, shares);
    expect(edges).toHaveLength(9 + 1);
    edges.slice(1).forEach((edge, i) => {
      expect((edge + edges[i]!) / 2).toBeCloseTo(i / 255, 12);
    });
  });

  test('are round where values are scattered', () => {
    const values = Array.from({ length: 500 }, (_, i) => Math.sqrt(i) / 22.4);
    const inner = barEdges(values, values).slice(1, -1);
    const step = inner[1]! - inner[0]!;
    expect(step).toBeCloseTo(0.05, 12);
  });

  test.each([[[0]], [[0.25]], [[-3, -3]], [[7, 7, 7]]])('hold all of %j', (values) => {
    const edges = barEdges(values, values);
    expect(edges[0]).toBeLessThan(values[0]!);
    expect(edges.at(-1)).toBeGreaterThan(values[0]!);
  });

  test('reach a far expected value', () => {
    expect(barEdges(shares, [...shares, 0.9]).at(-1)).toBeGreaterThanOrEqual(0.9);
    expect(barEdges(shares, [...shares, -0.9])[0]).toBeLessThanOrEqual(-0.9);
  });
});

test('bars are as high as their counts, and the counts add up', () => {
  const { drawing, table } = draw([0, 0, 0, 0.5, 0.5, 1]);
  const [first, second, third] = withClass(drawing, 'bar');
  expect(numberAt(first, 'height') / numberAt(third, 'height')).toBeCloseTo(3, 1);
  expect(numberAt(second, 'height') / numberAt(third, 'height')).toBeCloseTo(2, 1);
  const counts = table.rows.map((row) => Number(row[2]));
  expect(counts.reduce((sum, count) => sum + count)).toBe(6);
});

test('the expected value is a line at its place, and in words', () => {
  const { drawing, label } = draw([0, 0.5, 1], 0.5);
  const [line] = nodes(withClass(drawing, 'expected')[0]!, ({ tag }) => tag === 'line');
  const middle = withClass(drawing, 'bar')[1];
  const center = numberAt(middle, 'x') + numberAt(middle, 'width') / 2;
  expect(Math.abs(numberAt(line, 'x1') - center)).toBeLessThan(1);
  expect(textsOf(drawing, 'expected-text')).toEqual(['expected 0.5']);
  expect(label).toBe('Histogram of local coherence over 3 sequences: mean 0.5, expected 0.5');
});

test('without an expected value there is no such line', () => {
  expect(withClass(draw([0, 1]).drawing, 'expected')).toEqual([]);
});

test('axes have titles and ticks, and counts are whole', () => {
  const { drawing } = draw(shares);
  expect(textsOf(drawing, 'axis-title')).toEqual(['sequences', 'share of equal neighbours']);
  const ticks = textsOf(drawing, 'tick-text');
  expect(ticks.length).toBeGreaterThan(4);
  expect(ticks.slice(0, 3).every((text) => /^\d+$/.test(text))).toBe(true);
});

test('everything lies inside the drawing', () => {
  for (const width of [180, 300, 900]) {
    const { drawing } = histogram(
      { title: 't', axis: 'a', values: shares, expected: 0.02 },
      { width, height: 200 },
    );
    for (const bar of withClass(drawing, 'bar')) {
      expect(numberAt(bar, 'x')).toBeGreaterThanOrEqual(0);
      expect(numberAt(bar, 'x') + numberAt(bar, 'width')).toBeLessThanOrEqual(width);
      expect(numberAt(bar, 'height')).toBeGreaterThan(0);
    }
  }
});
