import { describe, expect, test } from 'vitest';

import { scaleLinear, scaleLog, ticks } from '../../../../web/src/charts/axes';

describe('ticks', () => {
  test.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 1, 10, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
    [3, 97, 4, [20, 40, 60, 80]],
    [-1, 1, 2, [-1, 0, 1]],
    [0, 2e6, 4, [0, 500000, 1000000, 1500000, 2000000]],
    [0.0011, 0.0019, 4, [0.0012, 0.0014, 0.0016, 0.0018]],
    [7, 7, 5, [7]],
  ])('from %d to %d, about %d of them, are round numbers', (from, to, count, expected) => {
    expect(ticks(from, to, count)).toEqual(expected);
  });

  test('lie inside, ascend in equal steps, and are about as many as asked for', () => {
    for (let i = 1; i < 300; i += 1) {
      const from = Math.sin(i) * 10 ** ((i % 13) - 6);
      const to = from + Math.abs(Math.cos(i * 3)) * 10 ** ((i % 11) - 5) + 1e-9;
      const count = 2 + (i % 9);
      const found = ticks(from, to, count);
      const slack = (to - from) * 1e-6;
      expect(found.length).toBeGreaterThanOrEqual(Math.floor(count / 2));
      expect(found.length).toBeLessThanOrEqual(2 * count + 1);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(from - slack);
      expect(Math.max(...found)).toBeLessThanOrEqual(to + slack);
      const steps = found.slice(1).map((tick, k) => tick - (found[k] ?? 0));
      for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 8);
    }
  });
});

describe('a linear scale', () => {
  test('places values in proportion, outside of its domain too, and runs either way', () => {
    const scale = scaleLinear([0, 10], [100, 0]);
    expect([0, 5, 10, 20].map(scale)).toEqual([100, 50, 0, -100]);
  });

  test('of a single value puts everything at its beginning', () => {
    expect(scaleLinear([3, 3], [10, 20])(3)).toBe(10);
  });

  test('widens to round ends that hold its domain', () => {
    expect(scaleLinear([0.13, 0.87], [0, 1]).nice(5).domain()).toEqual([0, 1]);
    expect(scaleLinear([-7, 113], [0, 1]).nice(3).domain()).toEqual([-50, 150]);
    expect(scaleLinear([0, 1], [0, 1]).nice(5).domain()).toEqual([0, 1]);
  });

  test('writes its ticks with the decimals that tell them apart', () => {
    const text = scaleLinear([0, 0.5], [0, 1]).tickFormat(5);
    expect(ticks(0, 0.5, 5).map(text)).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4', '0.5']);
    expect(scaleLinear([0, 500], [0, 1]).tickFormat(5)(100)).toBe('100');
  });
});

test('a log scale gives equal factors equal distances', () => {
  const scale = scaleLog([1, 1000], [0, 300]);
  expect([1, 10, 100, 1000].map((value) => Math.round(scale(value)))).toEqual([0, 100, 200, 300]);
});
