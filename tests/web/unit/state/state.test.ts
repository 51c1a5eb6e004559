import { describe, expect, test } from 'vitest';

import { openingPreset, presetOf, presets, withFamily } from '../../../../web/src/state/presets';
import {
  activeConfig,
  isChanged,
  openingState,
  openingView,
  valueOf,
  withDefaults,
  withValue,
  type State,
} from '../../../../web/src/state/state';
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

test('all defaults keep the family', () => {
  const changed = state({ generator: 'pattern', noise_probability: 0.1 });
  expect(withDefaults(changed).config).toEqual({ generator: 'pattern' });
});

describe('presets', () => {
  test('have names of their own', () => {
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  });

  test('are recognised whatever the order of their keys', () => {
    for (const { name, config } of presets) {
      const reversed = Object.fromEntries(Object.entries(config).toReversed());
      expect(presetOf(reversed)?.name).toBe(name);
    }
    expect(presetOf({ generator: 'random' })).toBeUndefined();
  });

  test('hold what a visitor sees first', () => {
    expect(presets).toContain(openingPreset);
    expect(openingState.config).toBe(openingPreset.config);
  });

  test('give families what they cannot do without, unless it is there', () => {
    expect(withFamily({}, 'template')['templates']).not.toHaveLength(0);
    expect(withFamily({ templates: [[1]] }, 'template')['templates']).toEqual([[1]]);
    expect(withFamily({ seed: 7 }, 'random')).toEqual({ seed: 7, generator: 'random' });
  });
});
