import { createSynthgen } from 'synthgen';
import { createLive } from 'synthgen/live';
import { expect, test } from 'vitest';

import { LiveCore } from '../../../../web/src/worker/live_core';
import { groupsFor } from '../../../../web/src/worker/measure_groups';
import { compiledLive } from './live';

const whole = await createSynthgen();
const compiled = await compiledLive();
const live = await createLive(compiled);
const slowGroups = groupsFor(whole.measures(), 'after_preview');

const configs: Record<string, unknown>[] = [
  { generator: 'random', vocab_distribution: 'zipf', length_variation: 0.3 },
  { generator: 'pattern', noise_probability: 0.1 },
  { generator: 'hierarchical', hierarchy_levels: 4 },
  { generator: 'conditional', num_conditions: 7, seed: 2 ** 53 - 1 },
  { generator: 'template', templates: [[1, 'RANDOM', { repeat: 2, of: ['PATTERN'] }, 2]] },
  { generator: 'composed', condition_strength: 0.9 },
  {
    generator: 'mixture',
    components: [
      { weight: 1, config: { generator: 'random' } },
      { weight: 2.5, config: { generator: 'pattern' } },
    ],
  },
];

test('live.wasm describes itself as synthgen.wasm does, with the measures that it has', () => {
  const { version, streamVersion } = whole;
  expect(live).toMatchObject({ version, streamVersion });
  expect(live.parameters()).toEqual(whole.parameters());
  expect(live.families()).toEqual(whole.families());
  expect(whole.measures()).toEqual(expect.arrayContaining(live.measures()));
  expect(live.measures().map(({ group }) => group)).toEqual(expect.arrayContaining(slowGroups));
});

test.each(configs)('%j: both modules have the same sequences, truth and measures', (given) => {
  const config = { vocab_size: 100, seq_length: 64, ...given };
  const [generator, expected] = [live.generator(config), whole.generator(config)];
  expect(generator.config).toEqual(expected.config);
  expect(generator.notes).toEqual(whole.checkConfig(config).notes);
  expect(generator.truth()).toEqual(expected.truth());
  expect(generator.expectedLagEquality('val')).toEqual(expected.expectedLagEquality('val'));
  const range = { split: 'val', first: 10 ** 12, count: 20, latents: true } as const;
  const described = generator.generate(range);
  expect(described).toEqual(expected.generate(range));
  const { latents: _, ...batch } = described;
  const plain = { ...range, latents: false };
  expect(live.encodeJsonl(batch)).toEqual(expected.encodeJsonl(plain));
  for (const measures of [[], slowGroups]) {
    const options = { perSequence: true, measures, config: generator.config };
    const report = whole.analyzeSequences(batch, options);
    expect(live.analyzeSequences(batch, options)).toEqual(report);
  }
  const limits = { vocab_size: 90, max_length: 60 };
  expect(live.checkSequences(batch, limits)).toEqual(whole.checkSequences(batch, limits));
});

test.each([
  [{ vocab_size: 0, seq_length: 2.5, generator: 'none' }],
  [{ vocab_size: Infinity }],
  [{ vocab_siez: 5 }],
  [{ templates: 'x', components: [{ config: 3 }] }],
  [{ seed: -1, noise_probability: 'much', pattern_types: ['spiral'] }],
  [{ custom_params: Array.from({ length: 70 }).reduce((inner) => [inner], 1) }],
])('%j is refused by both modules in the same words', (config) => {
  const refusalOf = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      const { kind, message, problems } = error as Record<string, unknown>;
      return { kind, message, problems };
    }
    return undefined;
  };
  const refusal = refusalOf(() => whole.generator(config));
  expect(refusal).toMatchObject({ kind: 'usage' });
  expect(refusalOf(() => live.generator(config))).toEqual(refusal);
});

test('where memory ends the call fails, and the next one finds a fresh module', async () => {
  const core = new LiveCore(compiled);
  const made = (seq_length: number, count: number) =>
    core.use((module) => module.generator({ vocab_size: 5, seq_length }).generate({ count }));
  await expect(made(2 ** 20, 2 ** 20)).rejects.toThrow(/more memory/);
  expect((await made(8, 3)).tokens).toHaveLength(24);
});
