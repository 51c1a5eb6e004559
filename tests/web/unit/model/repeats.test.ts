import { describe, expect, test } from 'vitest';

import { earlierDistances, repeatsAt, repeatWords } from '../../../../web/src/model/repeats';
import { previewOf } from './previews';

const tokens = Uint32Array.of(5, 5, 7, 5, 7, 7, 5, 5);
const offsets = Uint32Array.of(0, 5, 5, 8);

test('a distance is that to the nearest earlier occurrence in the same sequence', () => {
  expect([...earlierDistances(tokens, offsets)]).toEqual([0, 1, 0, 2, 2, 0, 0, 1]);
});

test('ids of any size are distinguished', () => {
  const large = tokens.map((token) => 2 ** 31 - token);
  expect([...earlierDistances(large, offsets)]).toEqual([0, 1, 0, 2, 2, 0, 0, 1]);
});

test('one position gives the same as all positions', () => {
  const preview = previewOf({ generator: 'pattern', vocab_size: 30, seq_length: 50 }, 20);
  const all = earlierDistances(preview.tokens, preview.offsets);
  for (let row = 0; row < 20; row += 1) {
    const sequence = preview.tokens.subarray(preview.offsets[row], preview.offsets[row + 1]);
    sequence.forEach((token, position) => {
      const { distance, count } = repeatsAt(sequence, position);
      expect(distance).toBe(all[preview.offsets[row]! + position]);
      expect(count).toBe(sequence.filter((other) => other === token).length);
    });
  }
});

describe('words', () => {
  test.each([
    [{ distance: 0, count: 1 }, 'occurs once in this sequence'],
    [{ distance: 0, count: 3 }, 'occurs 3 times in this sequence, here for the first time'],
    [{ distance: 1, count: 2 }, 'occurs 2 times in this sequence, last right before'],
    [{ distance: 9, count: 2 }, 'occurs 2 times in this sequence, last 9 positions before'],
  ])('for %o', (repeats, words) => {
    expect(repeatWords(repeats)).toBe(words);
  });
});
