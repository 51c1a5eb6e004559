import { describe, expect, test } from 'vitest';

import { linearAxis, logTicks, spreadAxis } from '../../../../web/src/charts/axes';

describe('ticks on a log scale', () => {
  test.each([
    [1, 1],
    [3, 7],
    [20, 90],
    [1, 1e6],
    [0.5, 2],
  ])('from %d to %d are round and around the range', (from, to) => {
    const { domain, ticks } = logTicks(from, to);
    expect(domain[0]).toBeLessThanOrEqual(from);
    expect(domain[1]).toBeGreaterThanOrEqual(to);
    expect(domain[1]).toBeGreaterThan(domain[0]);
    expect(ticks.length).toBeGreaterThan(1);
    for (const tick of ticks) expect([1, 2, 5]).toContain(Number(tick.toExponential()[0]));
  });
});

describe('an axis', () => {
  test('is logarithmic where positive values span decades', () => {
    const axis = spreadAxis([0.001, 0.02, 0.5], [100, 0], 4);
    expect(axis.isLog).toBe(true);
    const [low, middle, high] = [0.005, 0.05, 0.5].map(axis.place);
    expect(low! - middle!).toBeCloseTo(middle! - high!, 6);
  });

  test.each([[[0, 0.5]], [[0.2, 0.5]], [[-0.1, 30]]])('starts at 0 or below for %j', (values) => {
    const axis = spreadAxis(values, [100, 0], 4);
    expect(axis.isLog).toBe(false);
    expect(axis.place(Math.min(0, ...values))).toBeLessThanOrEqual(100);
    expect(axis.place(Math.max(...values))).toBeGreaterThanOrEqual(0);
  });

  test('gives what lies a little below 0 room without a tick far below', () => {
    const axis = spreadAxis([-0.01, 2], [100, 0], 4);
    expect(axis.place(-0.01)).toBeLessThanOrEqual(100);
    expect(axis.place(0)).toBeGreaterThan(98);
    expect(axis.ticks.every(({ text }) => !text.startsWith('-'))).toBe(true);
  });

  test('of one value only has a range', () => {
    const axis = linearAxis(0, 0, [100, 0], 3);
    expect(axis.place(0)).toBe(100);
    expect(axis.ticks.length).toBeGreaterThan(1);
  });

  test('has ticks with just the digits that tell them apart', () => {
    expect(linearAxis(0, 40000, [100, 0], 4).ticks.map(({ text }) => text)).toContain('20,000');
    expect(linearAxis(0, 0.04, [100, 0], 4).ticks.map(({ text }) => text)).toContain('0.02');
  });
});
