import { describe, expect, test } from 'vitest';

import { decodeHash, encodeHash, longestHash } from '../../../../web/src/state/hash';
import { lastIndex, openingState, openingView, type State } from '../../../../web/src/state/state';
import { table } from '../parameters';

const decode = (hash: string) => decodeHash(hash, table);

describe('a link', () => {
  test('brings back every type of value and the whole view', () => {
    const state: State = {
      config: {
        generator: 'pattern',
        vocab_size: 123,
        noise_probability: 1e-7,
        vocab_distribution: 'zipf',
        pattern_types: ['alternation', 'repetition'],
        condition_tokens: [4, 2],
        templates: [[1, 'RANDOM', { repeat: 2, of: ['PATTERN'] }]],
      },
      pinned: { generator: 'random', vocab_size: 7, condition_tokens: [1] },
      view: {
        split: 'val',
        from: 10 ** 12,
        coloring: 'token',
        look: 'text',
        changes: 'unmarked',
        zoom: 2.828,
        corner: '12.5,30',
      },
    };
    expect(decode(`#${encodeHash(state, table)}`)).toEqual({ state, notices: [] });
  });

  test('keeps what is pinned apart from what is set', () => {
    const { state, notices } = decode(
      '#generator=random&seed=1&pin.generator=pattern&pin.pattern_types=reversal&pin.seed=x',
    );
    expect(state.config).toEqual({ generator: 'random', seed: '1' });
    expect(state.pinned).toEqual({
      generator: 'pattern',
      pattern_types: ['reversal'],
      seed: 'x',
    });
    expect(notices).toEqual([]);
  });

  test.each(['pin.generator=custom', 'pin.seed=4', 'pin.=1'])(
    'pins nothing that cannot be made without code or a family: %s',
    (pins) => {
      const { state, notices } = decode(`#generator=random&${pins}`);
      expect(state.pinned).toBeUndefined();
      expect(notices).toEqual(['pin.generator: required; allowed: any family but custom']);
    },
  );

  test.each([
    'view.zoom=0.5',
    'view.zoom=1e3',
    'view.corner=1',
    'view.corner=-1,2',
    'view.corner=',
  ])('refuses a place in the raster that there cannot be: %s', (place) => {
    const { state, notices } = decode(`#generator=random&${place}`);
    expect(state.view).toEqual(openingView);
    expect(notices).toHaveLength(1);
  });

  test('holds nothing of a view that is as it opens', () => {
    const state: State = { config: { generator: 'random' }, view: openingView };
    expect(encodeHash(state, table)).toBe('generator=random');
  });

  test('without content is the opening state', () => {
    expect(decode('')).toEqual({ state: openingState, notices: [] });
    expect(decode('#')).toEqual({ state: openingState, notices: [] });
  });

  test('reads words and numbers as the config file has them', () => {
    const { config } = decode(
      '#generator=pattern&pattern_types=repetition,reversal&vocab_size=1e3',
    ).state;
    expect(config).toEqual({
      generator: 'pattern',
      pattern_types: ['repetition', 'reversal'],
      vocab_size: 1000,
    });
  });
});

describe('a hostile link', () => {
  test.each(['abc', '', 'NaN', 'Infinity', '1e999', '0x10', '9007199254740993'])(
    'keeps %j where a number belongs as text, for the core to refuse',
    (text) => {
      expect(decode(`#vocab_size=${encodeURIComponent(text)}`).state.config['vocab_size']).toBe(
        text,
      );
    },
  );

  test('keeps broken JSON as text', () => {
    expect(decode('#templates=[[1,').state.config['templates']).toBe('[[1,');
  });

  test('keeps unknown keys for the core to name', () => {
    expect(decode('#vocab_sze=5').state.config).toMatchObject({ vocab_sze: '5' });
  });

  test('cannot reach prototypes', () => {
    const { config } = decode('#__proto__=x&constructor=y').state;
    expect(Object.keys(config)).toEqual(['__proto__', 'constructor', 'generator']);
    expect(Object.getPrototypeOf(config)).toBe(Object.prototype);
  });

  test('longer than any of ours is not read', () => {
    const { state, notices } = decode(`#templates=${'['.repeat(longestHash)}`);
    expect(state).toBe(openingState);
    expect(notices).toEqual([expect.stringContaining(`at most ${longestHash}`)]);
  });

  test.each([
    ['view.from=-1', `an integer from 0 to ${lastIndex}`],
    ['view.from=1.5', `an integer from 0 to ${lastIndex}`],
    ['view.from=9007199254740992', `an integer from 0 to ${lastIndex}`],
    ['view.split=all', 'one of train, val, test'],
    ['view.coloring=red', 'one of structure, token'],
    ['view.look=3d', 'one of raster, text'],
    ['view.size=9', 'is not a known key'],
  ])('says what is wrong with %s and uses the opening view', (pair, words) => {
    const { state, notices } = decode(`#generator=random&${pair}`);
    expect(state.view).toEqual(openingView);
    expect(notices).toEqual([expect.stringContaining(words)]);
  });

  test('with broken percent signs is still read', () => {
    expect(decode('#generator=random&vocab_size=%E0%A4%A').state.config['generator']).toBe(
      'random',
    );
  });
});
