import { describe, expect, test } from 'vitest';

import { harmonic, rankFrequency, sparseRanks } from '../../../../web/src/charts/rank_frequency';
import { nodes, textsOf, withClass } from './read';

const size = { width: 300, height: 200 };

/** The drawn line's points. */
function pointsOf(counts: number[], chart = rankFrequency({ counts }, size)): [number, number][] {
  const [line] = withClass(chart.drawing, 'line');
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
  const { table, label } = rankFrequency({ counts: [1, 0, 5, 3, 0] }, size);
  expect(table.rows).toEqual([
    [1, 5],
    [2, 3],
    [3, 1],
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

describe('a Zipf line', () => {
  const counts = Array.from({ length: 400 }, (_, rank) => Math.round(50000 / (rank + 1)));
  const drawn = rankFrequency(
    { counts, zipf: { exponent: 1, ids: 400, name: 'expected: Zipf' } },
    size,
  );

  test('lies on counts of that law', () => {
    const rows = drawn.table.rows as number[][];
    for (const [, measured, expected] of rows) expect(measured! / expected!).toBeCloseTo(1, 2);
    const [path] = nodes(withClass(drawn.drawing, 'expected')[0]!, ({ tag }) => tag === 'path');
    const ends = String(path?.attributes['d']);
    const line = pointsOf(counts, drawn);
    const numbers = ends.match(/[\d.]+/g)!.map(Number);
    expect(Math.abs(numbers[1]! - line[0]![1])).toBeLessThan(1.5);
    expect(Math.abs(numbers[3]! - line.at(-1)![1])).toBeLessThan(1.5);
  });

  test('is named in the drawing and in words', () => {
    expect(textsOf(drawn.drawing, 'expected-text')).toEqual(['expected: Zipf']);
    expect(drawn.label).toContain('; expected: Zipf, exponent 1');
  });

  test.each([
    [1, 1, 1],
    [3, 1, 1 + 1 / 2 + 1 / 3],
    [4, 0, 4],
    [1e6, 1, 14.392726722865],
    [1e5, 2, 1.6449240668982],
  ])('is scaled by the sum of %d terms r^-%d', (n, s, sum) => {
    expect(harmonic(n, s)).toBeCloseTo(sum, 6);
  });
});
