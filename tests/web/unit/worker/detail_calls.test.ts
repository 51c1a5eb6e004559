import { createSynthgen, type Split } from 'synthgen';
import { expect, test } from 'vitest';

import { detailOf } from '../../../../web/src/worker/detail_calls';
import { createLive } from 'synthgen/live';

import { compiledLive } from './live';

const synthgen = await createSynthgen();
const core = await createLive(await compiledLive('tasks'));

function requestFor(given: Record<string, unknown>, split: Split = 'train') {
  const generator = synthgen.generator(given);
  const { tokens, offsets, padding } = generator.generate({ split, count: 20 });
  const limits = generator.limits(split);
  return { config: generator.config, split, limits, tokens, offsets, padding };
}

test.each(synthgen.families().map(({ name, untaken }) => [name, untaken] as const))(
  'the family %s passes validation',
  (name, untaken) => {
    const needed: Record<string, object> = {
      template: { templates: [[1, 'RANDOM', 2]] },
      mixture: { components: [{ weight: 1, config: { generator: 'random' } }] },
    };
    const varied = untaken.includes('length_variation') ? {} : { length_variation: 0.4 };
    const config = { generator: name, vocab_size: 50, seq_length: 40, ...varied };
    const { validation } = detailOf(core, requestFor({ ...config, ...needed[name] }));
    expect(validation).toMatchObject({ passed: true, num_sequences: 20, faults: [] });
  },
);

test('a split is validated by its own lengths and ids, mixtures by their components', () => {
  const config = { vocab_size: 50, seq_length: 40 };
  const splits = { test: { seq_length: 160, vocab_size: 60 } };
  const component = { generator: 'pattern', seq_length: 90 };
  const components = [{ weight: 1, config: component }];
  for (const [given, split] of [
    [{ generator: 'random', ...config, splits }, 'test'],
    [{ generator: 'random', ...config, splits }, 'train'],
    [{ generator: 'mixture', ...config, components }, 'val'],
  ] as const) {
    const { validation } = detailOf(core, requestFor(given, split));
    expect(validation).toMatchObject({ passed: true, num_sequences: 20, faults: [] });
  }
});

test('an id that the config does not have is found', () => {
  const request = requestFor({ generator: 'random', vocab_size: 50, seq_length: 10 });
  request.tokens[25] = 50;
  const { validation } = detailOf(core, request);
  expect(validation.faults).toMatchObject([
    { kind: 'id_too_large', count: 1, first: [{ line: 3 }] },
  ]);
});

test('what a config promises at each lag comes along, where it promises something', () => {
  const lagsOf = (config: Record<string, unknown>) =>
    detailOf(core, requestFor({ vocab_size: 50, seq_length: 100, ...config })).expectedLags;
  expect(lagsOf({ generator: 'random' })).toEqual(Array.from({ length: 64 }, () => 1 / 50));
  const alternating = lagsOf({ generator: 'pattern', pattern_types: ['alternation'] });
  expect(alternating?.[0]).toBeLessThan(1 / 50);
  expect(alternating?.[1]).toBeGreaterThan(1 / 50);
  expect(lagsOf({ generator: 'hierarchical' })).toBeUndefined();
});
