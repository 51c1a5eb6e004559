import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { groupsFor } from '../../../../web/src/worker/measure_groups';
import { previewCore } from './module';

const synthgen = await createSynthgen();
const core = await previewCore();

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

test('it describes itself as the whole module does, with the measures that it has', () => {
  const { version, streamVersion, parameters, families, measures } = core.describe();
  expect({ version, streamVersion }).toEqual({
    version: synthgen.version,
    streamVersion: synthgen.streamVersion,
  });
  expect(parameters).toEqual(synthgen.parameters());
  expect(families).toEqual(synthgen.families());
  expect(synthgen.measures()).toEqual(expect.arrayContaining(measures));
  const live = groupsFor(synthgen.measures(), 'at_once', 'after_preview');
  expect([...new Set(measures.map(({ group }) => group))]).toEqual(live);
});

test.each(configs)('%j: the sequences, truth and measures of the whole module', (given) => {
  const config = { vocab_size: 100, seq_length: 64, ...given };
  const generator = synthgen.generator(config);
  expect(core.prepare(config)).toEqual({
    config: generator.config,
    notes: synthgen.checkConfig(config).notes,
    truth: generator.truth(),
  });
  const first = 10 ** 12;
  const whole = generator.generate({ split: 'val', first, count: 20, latents: true });
  const batch = core.generate('val', first, 20);
  expect({ padding: undefined, ...whole }).toEqual(batch);
  expect(core.expectedLags('val')).toEqual(generator.expectedLagEquality('val'));
  for (const measures of [[], groupsFor(synthgen.measures(), 'after_preview')]) {
    const { latents: _, ...tokens } = whole;
    const report = synthgen.analyzeSequences(tokens, {
      perSequence: true,
      measures,
      config: generator.config,
    });
    const options = { perSequence: true, measures, config: generator.config };
    expect(core.measure(batch, options)).toEqual(report);
  }
});

test.each([
  [{ vocab_size: 0, seq_length: 2.5, generator: 'none' }],
  [{ vocab_size: Infinity }],
  [{ vocab_siez: 5 }],
  [{ templates: 'x', components: [{ config: 3 }] }],
  [{ seed: -1, noise_probability: 'much', pattern_types: ['spiral'] }],
])('%j is refused in the words of the whole module', (config) => {
  const refusalOf = (prepare: () => unknown) => {
    try {
      prepare();
    } catch (error) {
      const { kind, message, problems } = error as Record<string, unknown>;
      // The whole module reads a text, which it names.
      return { kind, message: String(message).replaceAll(/^config: /gm, ''), problems };
    }
    return undefined;
  };
  const refusal = refusalOf(() => synthgen.generator(config));
  expect(refusal).toMatchObject({ kind: 'usage' });
  expect(refusalOf(() => core.prepare(config))).toEqual(refusal);
});

test('where memory ends the call fails, and the next one works', async () => {
  core.prepare({ generator: 'random', vocab_size: 5, seq_length: 2 ** 20 });
  expect(() => core.generate('train', 0, 2 ** 20)).toThrow(/more memory/);
  core.prepare({ generator: 'random', vocab_size: 5, seq_length: 8 });
  expect(core.generate('train', 0, 3).tokens).toHaveLength(24);
});
