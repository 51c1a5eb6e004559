import { describe, expect, test } from 'vitest';

import { barEdges, binned, sampleOf } from '../../../../web/src/charts/bins';

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

describe('binned', () => {
  test('two samples share their bins, and none of their values is lost', () => {
    const { edges, counts, pinnedCounts } = binned(
      sampleOf([0, 0, 0.5]),
      sampleOf([0.5, 1, 1, 1]),
      undefined,
    );
    expect(edges).toHaveLength(counts.length + 1);
    expect(counts).toEqual([2, 1, 0]);
    expect(pinnedCounts).toEqual([0, 1, 3]);
  });

  test('bins that a report gives stay as they are, and reach an expected value', () => {
    const bins = { edges: [0, 1, 2], counts: [3, 4] };
    const sample = { count: 7, mean: 1, bins };
    expect(binned(sample, undefined, 1.5)).toMatchObject(bins);
    expect(binned(sample, undefined, 9)).toMatchObject({ counts: [3, 4, 0] });
    expect(binned(sample, undefined, 9).edges.at(-1)).toBeGreaterThan(9);
    expect(binned(sample, undefined, -9)).toMatchObject({ counts: [0, 3, 4] });
    expect(binned(sample, undefined, -9).edges[0]).toBeLessThan(-9);
  });
});
