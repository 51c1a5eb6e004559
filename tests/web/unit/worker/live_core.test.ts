import { createSynthgen } from 'synthgen';
import { createLive } from 'synthgen/live';
import { expect, test } from 'vitest';

import { LiveCore, moduleFor, type ModuleName } from '../../../../web/src/worker/live_core';
import { groupsFor } from '../../../../web/src/worker/measure_groups';
import { compiledLive } from './live';

const whole = await createSynthgen();
const live = await createLive(await compiledLive());
const withTasks = await createLive(await compiledLive('tasks'));
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

test.each([
  ['live.wasm', live],
  ['tasks.wasm', withTasks],
])('%s describes itself as synthgen.wasm does, with the measures that it has', (_name, module) => {
  const { version, streamVersion } = whole;
  expect(module).toMatchObject({ version, streamVersion });
  expect(module.parameters()).toEqual(whole.parameters());
  expect(module.families()).toEqual(whole.families());
  expect(whole.measures()).toEqual(expect.arrayContaining(module.measures()));
  expect(module.measures().map(({ group }) => group)).toEqual(expect.arrayContaining(slowGroups));
});

const tasks: Record<string, unknown>[] = [
  { generator: 'hmm', noise_probability: 0.1 },
  { generator: 'markov', chain: 'dataset' },
  { generator: 'recall', recall_layout: 'mqar', vocab_size: 200 },
  {
    generator: 'mixture',
    components: [{ config: { generator: 'random' } }, { config: { generator: 'hmm' } }],
  },
];

test.each([
  ...configs.flatMap((config) => [
    [config, live],
    [config, withTasks],
  ]),
  ...tasks.map((config) => [config, withTasks]),
] as [Record<string, unknown>, typeof live][])(
  '%j: live modules have the same sequences, truth and measures as the whole one',
  (given, module) => {
    const config = { vocab_size: 100, seq_length: 64, ...given };
    const [generator, expected] = [module.generator(config), whole.generator(config)];
    expect(generator.config).toEqual(expected.config);
    expect(generator.notes).toEqual(whole.checkConfig(config).notes);
    expect(generator.truth()).toEqual(expected.truth());
    expect(generator.expectedLagEquality('val')).toEqual(expected.expectedLagEquality('val'));
    const range = { split: 'val', first: 10 ** 12, count: 20, latents: true } as const;
    const described = generator.generate(range);
    expect(described).toEqual(expected.generate(range));
    const { latents: _, ...batch } = described;
    const plain = { ...range, latents: false };
    expect(module.encodeJsonl(batch)).toEqual(expected.encodeJsonl(plain));
    for (const measures of [[], slowGroups]) {
      const options = { perSequence: true, measures, config: generator.config };
      const report = whole.analyzeSequences(batch, options);
      expect(module.analyzeSequences(batch, options)).toEqual(report);
    }
    const limits = { vocab_size: 90, max_length: 60 };
    expect(module.checkSequences(batch, limits)).toEqual(whole.checkSequences(batch, limits));
  },
);

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

test.each([
  ...tasks,
  { splits: { test: { generator: 'hmm' } } },
  { components: [{ config: { templates: [[1]], generator: 'recall' } }] },
])('%j is made by another module than live.wasm, which says so', (config) => {
  expect(() => live.generator({ vocab_size: 100, seq_length: 64, ...config })).toThrow(
    expect.objectContaining({ name: 'SynthgenError', kind: 'elsewhere' }),
  );
});

/** A core whose loaded modules are listed, and which loads this many times in vain. */
function listed(failures = 0, first?: ModuleName) {
  const loaded: ModuleName[] = [];
  const load = (name: ModuleName) => {
    loaded.push(name);
    return name === 'tasks' && failures-- > 0
      ? Promise.reject(new Error('no network'))
      : compiledLive(name);
  };
  const core = new LiveCore(load, first);
  const made = (generator: string) =>
    core.use((module) => [
      ...module.generator({ generator, vocab_size: 50, seq_length: 20 }).generate({ count: 2 })
        .tokens,
    ]);
  return { loaded, made };
}

const madeByWhole = (generator: string) => [
  ...whole.generator({ generator, vocab_size: 50, seq_length: 20 }).generate({ count: 2 }).tokens,
];

test('a research task loads the larger module once, which then answers everything', async () => {
  const { loaded, made } = listed();
  expect(await made('pattern')).toEqual(madeByWhole('pattern'));
  expect(loaded).toEqual(['live']);
  const both = await Promise.all([made('hmm'), made('markov')]);
  expect(both).toEqual([madeByWhole('hmm'), madeByWhole('markov')]);
  expect(await made('pattern')).toEqual(madeByWhole('pattern'));
  expect(loaded).toEqual(['live', 'tasks']);
});

test('a core that begins with the larger module loads no other', async () => {
  const { loaded, made } = listed(0, 'tasks');
  expect(await made('hmm')).toEqual(madeByWhole('hmm'));
  expect(await made('random')).toEqual(madeByWhole('random'));
  expect(loaded).toEqual(['tasks']);
});

test('where the larger module cannot be loaded the others are still made, and the next call tries again', async () => {
  const { loaded, made } = listed(1);
  await expect(made('hmm')).rejects.toThrow('no network');
  expect(await made('random')).toEqual(madeByWhole('random'));
  expect(await made('hmm')).toEqual(madeByWhole('hmm'));
  expect(loaded).toEqual(['live', 'tasks', 'tasks']);
});

test.each([
  ['#generator=hmm&seq_length=9', 'tasks'],
  [
    '#generator=mixture&components=%5B%7B%22config%22%3A%7B%22generator%22%3A%22recall%22%7D%7D%5D',
    'tasks',
  ],
  [JSON.stringify('#generator=pattern&pin.generator=markov'), 'tasks'],
  [JSON.stringify({ generator: 'hmm' }), 'tasks'],
  [JSON.stringify(JSON.stringify({ splits: { test: { generator: 'hmm' } } })), 'tasks'],
  ['', 'live'],
  ['null', 'live'],
  ['#generator=pattern&preset=hmm', 'live'],
  ['#generator=hmms', 'live'],
  ['#generator=random&templates=%', 'live'],
] as const)('%s begins with %s.wasm', (text, expected) => {
  expect(moduleFor(text)).toBe(expected);
});

test('where memory ends the call fails, and the next one finds a fresh module', async () => {
  const core = new LiveCore(compiledLive);
  const made = (seq_length: number, count: number) =>
    core.use((module) => module.generator({ vocab_size: 5, seq_length }).generate({ count }));
  await expect(made(2 ** 20, 2 ** 20)).rejects.toThrow(/more memory/);
  expect((await made(8, 3)).tokens).toHaveLength(24);
});
