import { expect, test } from 'vitest';

import { bars } from '../../../../web/src/charts/bars';
import { numberAt, textsOf, withClass } from './read';

const size = { width: 300, height: 200 };
const data = (list: Parameters<typeof bars>[0]['bars']) => ({
  label: 'what it shows',
  axis: 'occurrences',
  columns: ['3-gram', 'occurrences'] as [string, string],
  bars: list,
  format: String,
});

test('bars are as long as their values, named, and labelled with them', () => {
  const { drawing, table } = bars(
    data([
      { name: '1 2 3', value: 10, text: '10' },
      { name: '4 5 6', value: 5, text: '5' },
    ]),
    size,
  );
  const [longer, shorter] = withClass(drawing, 'bar');
  expect(numberAt(longer, 'width') / numberAt(shorter, 'width')).toBeCloseTo(2, 1);
  expect(textsOf(drawing, 'bar-name')).toEqual(['1 2 3', '4 5 6']);
  expect(textsOf(drawing, 'bar-value')).toEqual(['10', '5']);
  expect(table).toEqual({
    columns: ['3-gram', 'occurrences'],
    rows: [
      ['1 2 3', 10],
      ['4 5 6', 5],
    ],
  });
});

test('an expected value is a mark, and a column of the table', () => {
  const { drawing, table } = bars(
    data([
      { name: 'noise', value: 0.1, text: '10 %', expected: 0.2 },
      { name: 'fresh', value: 0.9, text: '90 %' },
    ]),
    size,
  );
  expect(withClass(drawing, 'expected')).toHaveLength(1);
  expect(table.columns).toEqual(['3-gram', 'occurrences', 'expected']);
  expect(table.rows).toEqual([
    ['noise', 0.1, 0.2],
    ['fresh', 0.9, null],
  ]);
});

test('names that are too long leave room for the bars', () => {
  const name = '2147483646 2147483645 2147483644';
  const { drawing } = bars(data([{ name, value: 3, text: '3' }]), { width: 220, height: 200 });
  const [bar] = withClass(drawing, 'bar');
  expect(numberAt(bar, 'x')).toBeLessThanOrEqual(0.6 * 220);
  expect(numberAt(bar, 'width')).toBeGreaterThan(40);
  expect(textsOf(drawing, 'bar-name')[0]).toMatch(/^2147483646 .*…$/);
});

test('all values 0 is no division by 0', () => {
  const { drawing } = bars(data([{ name: 'a', value: 0, text: '0' }]), size);
  expect(Number.isFinite(numberAt(withClass(drawing, 'bar')[0], 'width'))).toBe(true);
});

test('a pinned value is a hollow bar, and a column of the table', () => {
  const { drawing, table } = bars(
    data([
      { name: 'a', value: 2, text: '2', pinned: 4 },
      { name: 'b', value: 3, text: '3', pinned: 0 },
    ]),
    size,
  );
  const [bar] = withClass(drawing, 'bar');
  const [pinned] = withClass(drawing, 'pinned');
  expect(numberAt(pinned, 'width') / numberAt(bar, 'width')).toBeCloseTo(2, 1);
  expect(table.rows).toEqual([
    ['a', 2, 4],
    ['b', 3, 0],
  ]);
});
