import { describe, expect, test } from 'vitest';

import { lagEquality, mutualInformation } from '../../../../web/src/charts/distances';
import { nodes, numberAt, textsOf, withClass } from './read';

const size = { width: 330, height: 210 };
const lags = Array.from({ length: 64 }, (_, i) => i + 1);
/** A period of 8 over a floor of chance. */
const shares = lags.map((lag) => (lag % 8 === 0 ? 0.4 : 0.1));

const pathsIn = (chart: ReturnType<typeof lagEquality>, className: string) =>
  withClass(chart.drawing, className).flatMap((node) => nodes(node, ({ tag }) => tag === 'path'));

describe('equal tokens at lag', () => {
  test('are a stem a lag, as high as the share', () => {
    const stems = withClass(lagEquality({ lags, shares }, size).drawing, 'bar');
    expect(stems).toHaveLength(64);
    expect(numberAt(stems[7], 'height') / numberAt(stems[6], 'height')).toBeCloseTo(4, 1);
    expect(numberAt(stems[7], 'x')).toBeGreaterThan(numberAt(stems[6], 'x'));
  });

  test('are described in words with the lags of their peaks', () => {
    const { label } = lagEquality({ lags, shares: [...shares.slice(0, -1), 0.5] }, size);
    expect(label).toBe(
      'Share of equal tokens at lags 1 to 64: most 0.5 at lag 64, 0.4 at lag 8, 0.4 at lag 16',
    );
  });

  test('have axes with titles and ticks', () => {
    const { drawing } = lagEquality({ lags, shares }, size);
    expect(textsOf(drawing, 'axis-title')).toEqual(['share of pairs', 'lag in tokens']);
    expect(textsOf(drawing, 'tick-text')).toEqual(expect.arrayContaining(['1', '8', '64', '0.4']));
  });

  test('that span decades are a line on a log scale', () => {
    const spread = lags.map((lag) => (lag === 1 ? 0.9 : 0.001));
    const { drawing } = lagEquality({ lags, shares: spread }, size);
    expect(withClass(drawing, 'bar')).toEqual([]);
    expect(withClass(drawing, 'line')).toHaveLength(1);
    expect(textsOf(drawing, 'axis-title')[0]).toBe('share of pairs (log)');
  });

  test('with an expected value at one lag have a mark there that can be seen', () => {
    const values = lags.map((lag) => (lag === 1 ? 0.2 : null));
    const chart = lagEquality({ lags, shares, expected: { name: 'expected', values } }, size);
    const [path] = pathsIn(chart, 'expected');
    const numbers = String(path?.attributes['d'])
      .match(/[\d.]+/g)!
      .map(Number);
    expect(numbers).toHaveLength(4);
    expect(numbers[2]! - numbers[0]!).toBeGreaterThanOrEqual(8);
    expect(chart.table.columns).toEqual(['lag in tokens', 'share of pairs', 'expected']);
    expect(chart.table.rows.slice(0, 2)).toEqual([
      [1, 0.1, 0.2],
      [2, 0.1, null],
    ]);
  });

  test('leave lags without pairs out', () => {
    const few = lags.map((lag) => (lag < 4 ? 0.5 : null));
    const { drawing, table } = lagEquality({ lags, shares: few }, size);
    expect(withClass(drawing, 'bar')).toHaveLength(3);
    expect(table.rows[10]).toEqual([11, null]);
  });

  test('all 0 or all unknown can be drawn', () => {
    for (const value of [0, null]) {
      const { drawing } = lagEquality({ lags, shares: lags.map(() => value) }, size);
      for (const { attributes } of nodes(drawing, () => true)) {
        expect(Object.values(attributes).join(' ')).not.toMatch(/NaN|Infinity/);
      }
    }
  });
});

describe('mutual information', () => {
  const bits = lags.map((lag) => 2 / lag);
  const baseline = lags.map(() => 0.05);
  const chart = mutualInformation({ distances: lags, bits, baseline }, size);

  test('is shown with its shuffled baseline in drawing, words and table', () => {
    expect(pathsIn(chart, 'expected')).toHaveLength(1);
    expect(textsOf(chart.drawing, 'expected-text')).toEqual(['shuffled']);
    expect(chart.label).toBe(
      'Mutual information at distances 1 to 64: 2 bits at 1, 0.03125 bits at 64; shuffled 0.05 bits',
    );
    expect(chart.table.columns).toEqual(['distance in tokens', 'bits', 'shuffled']);
    expect(chart.table.rows[1]).toEqual([2, 1, 0.05]);
  });

  test('is shown with its expected values if they are known', () => {
    const expected = lags.map((lag) => 1.9 / lag);
    const both = mutualInformation(
      { distances: lags, bits, baseline, expected: { values: expected } },
      size,
    );
    expect(textsOf(both.drawing, 'expected-text')).toEqual([
      'expected (dashed), shuffled (dotted)',
    ]);
    expect(withClass(both.drawing, 'expected')).toHaveLength(2);
    expect(withClass(both.drawing, 'dotted')).toHaveLength(1);
    expect(both.table.columns).toEqual(['distance in tokens', 'bits', 'expected', 'shuffled']);
    expect(both.table.rows[1]).toEqual([2, 1, 0.95, 0.05]);
  });

  test('below 0, as corrected estimates can be, stays in the drawing', () => {
    const negative = mutualInformation(
      { distances: lags, bits: lags.map(() => -0.01), baseline },
      size,
    );
    for (const bar of withClass(negative.drawing, 'bar')) {
      expect(numberAt(bar, 'y') + numberAt(bar, 'height')).toBeLessThanOrEqual(size.height);
    }
  });
});
