import { describe, expect, test } from 'vitest';

import {
  decodeCode,
  encodeCode,
  longestCodeBytes,
  decodeHash,
  encodeHash,
  longestHash,
} from '../../../../web/src/state/hash';
import { openingView, type State } from '../../../../web/src/state/state';
import { table } from '../parameters';

const state = (code: string | undefined): State => ({
  config: { generator: 'custom' },
  ...(code === undefined ? {} : { code }),
  view: openingView,
});

describe('code in a link', () => {
  test.each([
    '',
    'return [1];\n',
    'a + b / c == "=&#%" ? 1 : 2',
    '\t“Ümläut” 🎲\r\n',
    '\uFEFFx',
    '~~~???',
  ])('comes back as it was: %j', (code) => {
    expect(decodeCode(encodeCode(code))).toBe(code);
    expect(decodeHash(`#${encodeHash(state(code), table)}`, table)).toEqual({
      state: state(code),
      notices: [],
    });
  });

  test('has no characters that a mail or chat program would break', () => {
    const every = Array.from({ length: 512 }, (_, i) => String.fromCodePoint(i)).join('');
    expect(encodeCode(every)).toMatch(/^[\w-]+$/);
  });

  test('is left out where it is the first example', () => {
    expect(encodeHash(state(undefined), table)).toBe('generator=custom');
  });

  test('leaves room for the parameters even when it is as long as it may be', () => {
    const hash = encodeHash(state('\u00e9'.repeat(longestCodeBytes / 2)), table);
    expect(hash.length).toBeLessThan(longestHash - 4000);
  });

  test.each(['%', 'a', 'gA', encodeCode('x'.repeat(longestCodeBytes + 1))])(
    'that is broken or too long is reported and ignored: %.20s',
    (text) => {
      const { state: decoded, notices } = decodeHash(`#generator=custom&code=${text}`, table);
      expect(decoded).toEqual(state(undefined));
      expect(notices).toEqual([expect.stringMatching(/^code: could not be read; allowed: /)]);
    },
  );
});
