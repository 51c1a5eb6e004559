import { describe, expect, test } from 'vitest';

import { latentsOf } from '../../../../web/src/model/preview';
import {
  complexityRanks,
  find,
  valuesOf,
  type Selection,
} from '../../../../web/src/model/selection';
import { previewOf } from './previews';

const config = { generator: 'pattern', vocab_size: 30, seq_length: 40, noise_probability: 0.1 };
const preview = previewOf({ ...config, length_variation: 0.3 }, 60);
const { tokens, offsets } = preview;
const rows = offsets.length - 1;
const lengthOf = (row: number) => offsets[row + 1]! - offsets[row]!;

/** The rows that are chosen whole; fails if one is chosen in part. */
function chosenRows(selection: Selection): number[] {
  const { cells, places } = find(selection, preview);
  const chosen = [];
  for (let row = 0; row < rows; row += 1) {
    const marks = cells
      .subarray(offsets[row], offsets[row + 1])
      .reduce((sum, mark) => sum + mark, 0);
    expect([0, lengthOf(row)]).toContain(marks);
    if (marks > 0) chosen.push(row);
  }
  expect([...places]).toEqual(chosen.map((row) => offsets[row]));
  return chosen;
}

describe('a range of values', () => {
  const name = 'entropy';
  const values = valuesOf(preview, name) as number[];
  const [from, to] = [values.toSorted()[15]!, values.toSorted()[45]!];
  const select = (isLast: boolean): Selection => ({
    of: 'values',
    name,
    title: name,
    from,
    to,
    isLast,
  });

  test('chooses the sequences in it, its end only in the last', () => {
    const within = (isIn: (value: number) => boolean) =>
      values.flatMap((value, row) => (isIn(value) ? [row] : []));
    expect(chosenRows(select(false))).toEqual(within((value) => value >= from && value < to));
    expect(chosenRows(select(true))).toEqual(within((value) => value >= from && value <= to));
  });

  test('is said in words with the number of sequences', () => {
    const count = chosenRows(select(true)).length;
    expect(find(select(true), preview).words).toMatch(
      new RegExp(`^entropy from [\\d.]+ to [\\d.]+: ${count} of 60 sequences$`),
    );
  });

  test('of lengths chooses by the length of the sequence', () => {
    const length: Selection = {
      of: 'values',
      name: 'length',
      title: 'length',
      from: 30,
      to: 35,
      isLast: false,
    };
    const rowsOf = Array.from({ length: rows }, (_, row) => row);
    expect(chosenRows(length)).toEqual(
      rowsOf.filter((row) => lengthOf(row) >= 30 && lengthOf(row) < 35),
    );
  });
});

test('ranks by complexity divide the sequences', () => {
  expect(
    complexityRanks(preview)
      .toSorted((a, b) => a - b)
      .at(-1),
  ).toBe(1);
  const low = chosenRows({ of: 'ranks', from: 0, to: 0.495 });
  const high = chosenRows({ of: 'ranks', from: 0.5, to: 1 });
  expect([...low, ...high].toSorted((a, b) => a - b)).toHaveLength(rows);
});

test('a kind is every token of it', () => {
  const { cells, words } = find({ of: 'kinds', kinds: ['noise'] }, preview);
  const marked = [...cells.keys()].filter((i) => cells[i] === 1);
  const noise = latentsOf(preview).flatMap((latents, row) =>
    latents!.noise.map((position) => offsets[row]! + position),
  );
  expect(marked).toEqual(noise);
  expect(words).toContain(`noise: ${noise.length} tokens`);
});

test('ids in a row are found within sequences, overlaps included', () => {
  const ids = [...tokens.subarray(10, 12)];
  const { places } = find({ of: 'ids', ids }, preview);
  const expected = [];
  for (let row = 0; row < rows; row += 1) {
    for (let i = offsets[row]!; i + 1 < offsets[row + 1]!; i += 1)
      if (tokens[i] === ids[0] && tokens[i + 1] === ids[1]) expected.push(i);
  }
  expect([...places]).toEqual(expected);
  expect(places).toContain(10);
});

test('equal tokens at a lag are marked at both ends', () => {
  const { cells, places } = find({ of: 'lag', lag: 3 }, preview);
  expect(places.length).toBeGreaterThan(0);
  for (const i of places) {
    expect(tokens[i]).toBe(tokens[i - 3]);
    expect([cells[i], cells[i - 3]]).toEqual([1, 1]);
  }
});

test('positions are those of every sequence that is long enough', () => {
  const { cells } = find({ of: 'positions', from: 45, to: 47 }, preview);
  const count = cells.reduce((sum, mark) => sum + mark, 0);
  let expected = 0;
  for (let row = 0; row < rows; row += 1) expected += Math.max(0, Math.min(48, lengthOf(row)) - 45);
  expect(count).toBe(expected);
});
