import assert from 'node:assert/strict';
import test from 'node:test';

import { createSynthgen, SynthgenError } from 'synthgen';

const synthgen = await createSynthgen();

/** The SynthgenError that `call` throws. */
function refusal(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof SynthgenError, `${error}`);
    assert.ok(error instanceof Error);
    return error;
  }
  return assert.fail('nothing was thrown');
}

const keysRefused = (config) =>
  refusal(() => synthgen.checkConfig(config)).problems.map(({ key }) => key);

test('an allowed config comes back with its family named and its defaults filled in', () => {
  const { config, notes } = synthgen.checkConfig({ pattern_length: 12 });
  assert.equal(config.generator, 'pattern');
  assert.equal(config.pattern_length, 12);
  assert.equal(config.seq_length, 512);
  assert.equal(notes.length, 1);
  assert.match(notes[0], /using pattern/);
  assert.deepEqual(synthgen.checkConfig(config), { config, notes: [] });
});

test('short pattern names are accepted', () => {
  const { config } = synthgen.checkConfig({ pattern_types: ['rep', 'alt', 'prog', 'rev'] });
  assert.deepEqual(config.pattern_types, ['repetition', 'alternation', 'progression', 'reversal']);
});

test('all bad fields are reported at once, with key, value and what is allowed', () => {
  const error = refusal(() =>
    synthgen.checkConfig({ vocab_size: 0, pattern_probability: 1.3, seed: -1 }),
  );
  assert.equal(error.name, 'SynthgenError');
  assert.equal(error.kind, 'usage');
  assert.deepEqual(error.problems, [
    { key: 'vocab_size', value: '0', allowed: 'an integer from 2 to 2147483647' },
    { key: 'pattern_probability', value: '1.3', allowed: 'a number from 0 to 1' },
    { key: 'seed', value: '-1', allowed: 'an integer from 0 to 9007199254740991' },
  ]);
  for (const { key, value } of error.problems) {
    assert.match(error.message, new RegExp(`${key}: got ${value}`));
  }
});

for (const [name, config, keys] of [
  ['a vocabulary of one id', { vocab_size: 1 }, ['vocab_size']],
  ['a negative vocabulary', { vocab_size: -5 }, ['vocab_size']],
  ['a vocabulary of 2^40 ids', { vocab_size: 2 ** 40 }, ['vocab_size']],
  ['a vocabulary that is a word', { vocab_size: 'abc' }, ['vocab_size']],
  ['a fraction for an integer', { seq_length: 1.5 }, ['seq_length']],
  ['a probability that is not a number', { noise_probability: Number.NaN }, ['noise_probability']],
  ['an infinite probability', { noise_probability: Infinity }, ['noise_probability']],
  ['a seed of 2^60', { seed: 2 ** 60 }, ['seed']],
  ['no pattern types', { pattern_types: [] }, ['pattern_types']],
  ['doubled pattern types', { pattern_types: ['rep', 'repetition'] }, ['pattern_types']],
]) {
  test(`${name} is refused`, () => assert.deepEqual(keysRefused(config), keys));
}

test('what is no object is refused', () => {
  for (const config of [undefined, null, 3, 'random', [1]]) {
    assert.match(refusal(() => synthgen.checkConfig(config)).message, /JSON object/);
  }
});

test('an unknown key, family or pattern type is refused with the nearest known one', () => {
  const messages = (config) => refusal(() => synthgen.checkConfig(config)).message;
  assert.match(messages({ vocabsize: 5 }), /vocabsize.*vocab_size/s);
  assert.match(messages({ generator: 'patern' }), /patern.*did you mean pattern\?/s);
  assert.match(messages({ pattern_types: ['repitition'] }), /repitition.*repetition/s);
});

test('a generator is refused for the same reasons', () => {
  assert.deepEqual(
    refusal(() => synthgen.generator({ vocab_size: 1, seed: -1 })).problems,
    refusal(() => synthgen.checkConfig({ vocab_size: 1, seed: -1 })).problems,
  );
});
