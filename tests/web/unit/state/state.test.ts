import { describe, expect, test } from 'vitest';

import { withFamily } from '../../../../web/src/state/presets';
import {
  activeConfig,
  isChanged,
  openingView,
  valueOf,
  withDefaults,
  withValue,
  type State,
} from '../../../../web/src/state/state';
import { changedConfigKeys } from '../../../../web/src/model/differences';
import { table } from '../parameters';

const state = (config: State['config']): State => ({ config, view: openingView });
const parameterOf = (key: string) => table.find((entry) => entry.key === key)!;

describe('a parameter', () => {
  const noise = parameterOf('noise_probability');

  test('has its default until it is set', () => {
    const before = state({ generator: 'random' });
    expect(valueOf(before, noise)).toBe(0);
    expect(isChanged(before, noise)).toBe(false);
    const after = withValue(before, noise, 0.5);
    expect(valueOf(after, noise)).toBe(0.5);
    expect(isChanged(after, noise)).toBe(true);
    expect(before.config).toEqual({ generator: 'random' });
  });

  test('set to its default is as if never set', () => {
    const changed = state({ generator: 'pattern', pattern_types: ['reversal'] });
    const back = withValue(changed, parameterOf('pattern_types'), ['repetition', 'reversal']);
    expect(back.config).toEqual({ generator: 'pattern' });
  });
});

test('the core gets no keys that the family does not use, but the state keeps them', () => {
  const mixed = state({ generator: 'random', pattern_types: ['reversal'], noise_probability: 0.1 });
  expect(activeConfig(mixed, table)).toEqual({ generator: 'random', noise_probability: 0.1 });
  const back = { ...mixed, config: withFamily(mixed.config, 'pattern') };
  expect(activeConfig(back, table)).toEqual({ ...mixed.config, generator: 'pattern' });
});

test('the core gets unknown keys and an unknown family, to refuse them', () => {
  const odd = { generator: 'markov', vocab_sze: 4, noise_probability: 0.1 };
  expect(activeConfig(state(odd), table)).toEqual({ generator: 'markov', vocab_sze: 4 });
});

test('the keys that differ between configs are named in order, absent ones included', () => {
  const before = { generator: 'pattern', seed: 1, pattern_types: ['reversal'], noise: 0 };
  const after = { noise: 0, pattern_types: ['repetition'], generator: 'pattern', length: 3 };
  expect(changedConfigKeys(before, after)).toEqual(['length', 'pattern_types', 'seed']);
  expect(changedConfigKeys(before, { ...before })).toEqual([]);
});

test('all defaults keep the family', () => {
  const changed = state({ generator: 'pattern', noise_probability: 0.1 });
  expect(withDefaults(changed).config).toEqual({ generator: 'pattern' });
});
