import { expect, test } from 'vitest';

import { sampleOf } from '../../../../web/src/charts/bins';
import { histogram } from '../../../../web/src/charts/histogram';
import { nodes, numberAt, textsOf, withClass } from './read';

const size = { width: 300, height: 200 };
const draw = (values: number[], expected?: number) =>
  histogram(
    {
      title: 'local coherence',
      axis: 'share of equal neighbours',
      sample: sampleOf(values),
      expected,
    },
    size,
  );

/** 200 shares with denominator 255, as sequences of 256 tokens have. */
const shares = Array.from({ length: 200 }, (_, i) => ((i * 7) % 9) / 255);

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
      { title: 't', axis: 'a', sample: sampleOf(shares), expected: 0.02 },
      { width, height: 200 },
    );
    for (const bar of withClass(drawing, 'bar')) {
      expect(numberAt(bar, 'x')).toBeGreaterThanOrEqual(0);
      expect(numberAt(bar, 'x') + numberAt(bar, 'width')).toBeLessThanOrEqual(width);
      expect(numberAt(bar, 'height')).toBeGreaterThan(0);
    }
  }
});

test('a pinned sample is an outline over the same axis, and a column of the table', () => {
  const { drawing, table } = histogram(
    { title: 't', axis: 'a', sample: sampleOf([0, 0, 1]), pinned: sampleOf([1, 1, 1, 1]) },
    size,
  );
  expect(withClass(drawing, 'pinned')).toHaveLength(1);
  expect(table.columns.at(-1)).toBe('pinned');
  expect(table.rows.map((row) => row.slice(-2))).toEqual([
    [2, 0],
    [1, 4],
  ]);
});

test('bins of a report are drawn as they are', () => {
  const bins = { edges: [0, 0.5, 1], counts: [3, 6] };
  const { drawing, label } = histogram(
    { title: 'entropy', axis: 'bits', sample: { count: 9, mean: 0.6, bins } },
    size,
  );
  const [first, second] = withClass(drawing, 'bar');
  expect(numberAt(second, 'height') / numberAt(first, 'height')).toBeCloseTo(2, 1);
  expect(label).toBe('Histogram of entropy over 9 sequences: mean 0.6');
});

test.each([
  [[0, 0, 0], undefined],
  [[0.25, 0.25], 0.5],
  [[-3], undefined],
])('a single value %j is one bar at that value', (values, expected) => {
  const [value = 0] = values;
  const { drawing, table } = draw(values, expected);
  const bars = withClass(drawing, 'bar');
  expect(bars).toHaveLength(1);
  expect(numberAt(bars[0], 'width')).toBeLessThan(10);
  expect(table.rows).toEqual([[value, value, values.length]]);
  // The axis has no number below 0 where there is none.
  const ticks = textsOf(drawing, 'tick-text').map((text) => Number(text.replace('−', '-')));
  if (value >= 0) expect(Math.min(...ticks)).toBeGreaterThanOrEqual(0);
});

test('a bin without a width, as a report has for a single value, is one bar, too', () => {
  const sample = { count: 5, mean: 2, bins: { edges: [2, 2], counts: [5] } };
  const { drawing } = histogram({ title: 't', axis: 'a', sample }, size);
  const [bar] = withClass(drawing, 'bar');
  expect(numberAt(bar, 'width')).toBeLessThan(10);
});
