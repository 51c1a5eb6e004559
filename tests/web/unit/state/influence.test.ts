import { createSynthgen, type Config } from 'synthgen';
import { expect, test } from 'vitest';

import { influence } from '../../../../web/src/state/influence';

const synthgen = await createSynthgen();

/** Values of each parameter that are far enough apart to tell. */
const values: Config = {
  vocab_size: [64, 333],
  seq_length: [40, 77],
  vocab_distribution: ['uniform', 'zipf'],
  zipf_exponent: [0.5, 1.5],
  noise_probability: [0, 0.3],
  length_variation: [0, 0.5],
  pattern_probability: [0.2, 0.8],
  pattern_length: [6, 20],
  pattern_types: [['repetition'], ['reversal', 'progression']],
  hierarchy_levels: [1, 3],
  structure_probability: [0.2, 0.8],
  global_coherence: [0.2, 0.9],
  num_conditions: [2, 5],
  condition_strength: [0.2, 0.9],
  condition_controls: [['style'], ['pattern']],
  templates: [[[1, 'RANDOM']], [['PATTERN', 1, 2]]],
  template_fill: ['cycle', 'natural'],
  components: [
    [{ weight: 1, config: { generator: 'random' } }],
    [{ weight: 1, config: { generator: 'random', noise_probability: 0.5 } }],
  ],
  seed: [1, 2],
  pad_token: [0, 5],
};

const base = { vocab_size: 200, seq_length: 64, length_variation: 0.2, noise_probability: 0.1 };
const needs: Record<string, Config> = {
  template: {
    templates: [
      [1, 'RANDOM'],
      [2, 'PATTERN', 'PATTERN'],
    ],
  },
  mixture: { components: [{ weight: 1, config: { generator: 'pattern' } }] },
};

/** The expectations that change when one parameter takes its values and all else stays. */
function movedBy(family: string, law: string, key: string): string[] {
  const config = { generator: family, vocab_distribution: law, ...base, ...needs[family] };
  const seen = new Map<string, Set<number>>();
  for (const value of values[key] as unknown[]) {
    for (const entry of synthgen.generator({ ...config, [key]: value }).truth())
      seen.set(entry.name, (seen.get(entry.name) ?? new Set()).add(entry.value));
  }
  return [...seen].filter(([, different]) => different.size > 1).map(([name]) => name);
}

const moved = new Map<string, Set<string>>();
for (const { key, families } of synthgen.parameters()) {
  if (!(key in values)) continue;
  for (const family of families.filter((name) => name !== 'custom')) {
    for (const name of ['uniform', 'zipf'].flatMap((law) => movedBy(family, law, key)))
      moved.set(name, (moved.get(name) ?? new Set()).add(key));
  }
}

test.each(Object.entries(influence))('%s: these move it, and no others', (name, keys) => {
  expect([...(moved.get(name) ?? [])].toSorted()).toEqual([...new Set(keys)].toSorted());
});
