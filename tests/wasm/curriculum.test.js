// Sequences sorted by complexity.

import assert from 'node:assert/strict';
import test from 'node:test';

import { createSynthgen } from 'synthgen';

const synthgen = await createSynthgen();

const stages = {
  easy: { min_complexity: 0, max_complexity: 0.4, max_length: 10 },
  hard: { min_complexity: 0.3, max_complexity: 1, max_length: 1000 },
};

const generator = synthgen.generator({ generator: 'pattern', vocab_size: 90, seq_length: 40 });
const { latentShares: _, ...batch } = generator.generate({ count: 101, latents: true });
generator.delete();

const lengths = ({ offsets }) => [...offsets.slice(1)].map((end, i) => end - offsets[i]);

test('stages hold what filtering and cutting by hand gives', () => {
  for (const options of [undefined, { complexity: 'lz', complexity_scale: 'raw' }]) {
    const data = synthgen.createCurriculumData(batch, stages, options);
    assert.deepEqual(Object.keys(data), ['easy', 'hard']);
    for (const [name, stage] of Object.entries(stages)) {
      const kept = synthgen.filterByComplexity(
        batch,
        stage.min_complexity,
        stage.max_complexity,
        options,
      );
      assert.deepEqual(data[name], synthgen.adjustSequenceLengths(kept, stage.max_length));
    }
  }
});

test('ranks fill every stage, whatever the data', () => {
  const { easy, hard } = synthgen.createCurriculumData(batch, stages);
  assert.deepEqual(lengths(easy), Array(41).fill(10));
  assert.deepEqual(lengths(hard), Array(71).fill(40));
});

test('latents are cut with the sequences', () => {
  const cut = synthgen.adjustSequenceLengths(batch, 12);
  assert.equal(cut.latents.length, 101);
  for (const { spans, noise, oracle_bits: bits } of cut.latents) {
    assert.equal(Math.max(...spans.map(({ start, length }) => start + length)), 12);
    assert.ok(noise.every((position) => position < 12));
    assert.equal(bits, undefined);
  }
  assert.deepEqual(synthgen.adjustSequenceLengths(batch, 40), batch);
});

test('what is not allowed is refused by name', () => {
  const create = (given, options) => () => synthgen.createCurriculumData(batch, given, options);
  assert.throws(create({ a: { ...stages.easy, max_lenght: 3 } }), {
    kind: 'usage',
    message: 'a.max_lenght: is not a known key; did you mean max_length?',
  });
  assert.throws(
    create({ a: { ...stages.easy, max_complexity: Number.NaN } }),
    /got "NaN"; allowed/,
  );
  assert.throws(create({}), /stages: got \{\}; allowed: an object of stages/);
  assert.throws(create(stages, { complexity: 'zip' }), /complexity: got "zip"; allowed: one of/);
  assert.throws(() => synthgen.filterByComplexity(batch, 0.5, 0.4), /min_complexity: got 0\.5/);
  assert.throws(() => synthgen.filterByComplexity(batch, '0', 1), /min_complexity: got "0"/);
  assert.throws(() => synthgen.adjustSequenceLengths(batch, 0), /max_length: got 0; allowed: an/);
});

test('the entropy complexity is the entropy as a share of the largest possible', () => {
  for (const [bits, length, ids, value] of [
    [2, 4, 1000, 1],
    [2, 1000, 4, 1],
    [1, 4, 4, 0.5],
    [0, 1, 50, 0],
  ])
    assert.deepEqual([...synthgen.entropyComplexities([bits], [length], ids)], [value]);
  assert.throws(() => synthgen.entropyComplexities([1], [2], 0), /^SynthgenError: vocab_size/);
});

test('an analysis that knows the vocabulary reports the complexity of each sequence', () => {
  const { tokens, offsets } = batch;
  const options = { perSequence: true, config: { generator: 'pattern', vocab_size: 90 } };
  const { per_sequence } = synthgen.analyzeSequences({ tokens, offsets }, options);
  const { entropy, length, entropy_complexity } = per_sequence;
  assert.deepEqual(entropy_complexity, [...synthgen.entropyComplexities(entropy, length, 90)]);
  const unknown = synthgen.analyzeSequences({ tokens, offsets }, { perSequence: true });
  assert.equal(unknown.per_sequence.entropy_complexity, undefined);
});
