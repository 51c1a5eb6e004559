import { describe, expect, test } from 'vitest';

import { inspect } from '../../../../web/src/model/inspection';
import { rowsFrom } from '../../../../web/src/model/preview_rows';
import { emptyWords } from '../../../../web/src/panels/data/empty_view';
import { titleOf } from '../../../../web/src/panels/data/part_of_split';
import { pageAfter } from '../../../../web/src/panels/data/range';
import { previewOf } from '../model/previews';

/** The title of `count` sequences from `from` on, in a split of `splitSize`. */
function title(count: number, from: number, splitSize: number, config = {}) {
  const preview = previewOf({ generator: 'random', seq_length: 8, ...config }, count);
  return titleOf(inspect({ ...preview, from, splitSize }, []));
}

describe('the title', () => {
  test.each([
    [7, 0, 7, '7 sequences × 8 tokens'],
    [1, 0, 1, '1 sequence × 8 tokens'],
    [20, 0, 10000, 'First 20 of 10,000 sequences × 8 tokens'],
    [20, 2000, 10000, 'Sequences 2,000 to 2,019 of 10,000 × 8 tokens'],
    [1, 999, 1000, 'Sequence 999 of 1,000 × 8 tokens'],
    [0, 5000, 1000, 'No sequences'],
    [0, 0, 0, 'No sequences'],
  ])('of %i sequences from %i on, of %i, is "%s"', (count, from, splitSize, words) => {
    expect(title(count, from, splitSize)).toBe(words);
  });

  test('has the range of lengths if they differ', () => {
    expect(title(40, 0, 200, { length_variation: 0.5 })).toMatch(
      /^First 40 of 200 sequences, \d to 1\d tokens each$/,
    );
  });
});

describe('without sequences the page says', () => {
  test('that the split is empty', () => {
    expect(emptyWords({ split: 'test', from: 0, splitSize: 0 })).toBe(
      'The test split has no sequences.',
    );
  });

  test('where the split ends and where the view starts', () => {
    expect(emptyWords({ split: 'train', from: 5000, splitSize: 1000 })).toBe(
      'The train split has sequences 0 to 999. This view starts after its end, at sequence 5,000.',
    );
    expect(emptyWords({ split: 'val', from: 3, splitSize: 1 })).toBe(
      'The val split has sequence 0. This view starts after its end, at sequence 3.',
    );
  });
});

test.each([
  [0, 7, 7],
  [0, 1000, 200],
  [900, 1000, 100],
  [1000, 1000, 0],
  [5000, 1000, 0],
  [0, 0, 0],
])('from %i on, a split of %i shows %i sequences', (from, splitSize, rows) => {
  expect(rowsFrom(from, 200, splitSize)).toBe(rows);
});

describe('turning a page', () => {
  const part = { splitSize: 1000, pageSize: 300 };

  test.each([
    [0, 1, 300],
    [600, 1, 900],
    [800, 1, 900],
    [900, -1, 600],
    [100, -1, 0],
    [0, -1, 0],
  ] as const)('from %i by %i leads to %i', (from, direction, next) => {
    expect(pageAfter(from, direction, part)).toBe(next);
  });

  test('back from beyond the end leads to the last page', () => {
    expect(pageAfter(5000, -1, part)).toBe(900);
    expect(pageAfter(5000, -1, { splitSize: 0, pageSize: 200 })).toBe(0);
  });
});
