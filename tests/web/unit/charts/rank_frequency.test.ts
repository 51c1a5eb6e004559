import { describe, expect, test } from 'vitest';

import { logTicks, rankFrequency, sparseRanks } from '../../../../web/src/charts/rank_frequency';
import { withClass } from './read';

const size = { width: 300, height: 200 };

/** The drawn line's points. */
function pointsOf(counts: number[]): [number, number][] {
  const [line] = withClass(rankFrequency(counts, size).drawing, 'line');
  const numbers = String(line?.attributes['d'])
    .match(/[\d.]+/g)!
    .map(Number);
  return numbers.flatMap((x, i) => (i % 2 === 0 ? [[x, numbers[i + 1]!] as [number, number]] : []));
}

test('a Zipf law is a straight falling line', () => {
  const points = pointsOf(Array.from({ length: 1000 }, (_, rank) => 100000 / (rank + 1)));
  const [first, last] = [points[0]!, points.at(-1)!];
  const slope = (last[1] - first[1]) / (last[0] - first[0]);
  expect(slope).toBeGreaterThan(0);
  for (const [x, y] of points)
    expect(Math.abs(y - first[1] - slope * (x - first[0]))).toBeLessThan(1.5);
});

test('equal counts are a flat line', () => {
  const points = pointsOf(Array.from({ length: 50 }, () => 7));
  expect(new Set(points.map(([, y]) => y)).size).toBe(1);
});

test('the order of the counts does not matter, and ids that never occur have no rank', () => {
  const { table, label } = rankFrequency([1, 0, 5, 3, 0], size);
  expect(table.rows).toEqual([
    ['1', '5'],
    ['2', '3'],
    ['3', '1'],
  ]);
  expect(label).toContain('3 ids occur, the most common 5 times, the rarest 1 times');
});

test.each([[[4]], [[1, 1]], [[9, 8, 7]]])('%j can be drawn', (counts) => {
  for (const [x, y] of pointsOf(counts)) {
    expect(x).toBeLessThanOrEqual(300);
    expect(y).toBeLessThanOrEqual(200);
  }
});

describe('sparse ranks', () => {
  test.each([1, 2, 3, 10, 200, 100000])(
    'of %i hold the first and the last, ascending, few',
    (count) => {
      const ranks = sparseRanks(count);
      expect(ranks[0]).toBe(0);
      expect(ranks.at(-1)).toBe(count - 1);
      expect(ranks.length).toBeLessThanOrEqual(161);
      ranks.slice(1).forEach((rank, i) => expect(rank).toBeGreaterThan(ranks[i]!));
    },
  );
});

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
