import assert from 'node:assert/strict';
import test from 'node:test';

import { createSynthgen } from 'synthgen';

const synthgen = await createSynthgen();

/** The batch of some arrays of ids. */
function batchOf(...sequences) {
  const offsets = [0];
  for (const { length } of sequences) offsets.push(offsets.at(-1) + length);
  return { tokens: Uint32Array.from(sequences.flat()), offsets: Uint32Array.from(offsets) };
}

test('the measures follow their defining formulas', () => {
  const report = synthgen.analyzeSequences(batchOf([1, 1, 2, 2], [5, 6, 5, 6, 5, 6], [9], []));
  assert.equal(report.num_sequences, 4);
  assert.equal(report.num_tokens, 11);
  assert.equal(report.avg_length, 11 / 4);
  assert.equal(report.min_length, 0);
  assert.equal(report.max_length, 6);
  assert.equal(report.vocab_usage, 5);
  assert.equal(report.local_coherence, (2 / 3 + 0) / 2);
  assert.ok(Math.abs(report.global_coherence - (2 / 4 + 3 / 6 + 1) / 3) < 1e-12);
  assert.deepEqual(report.coherence_left_out, { under_2_tokens: 2, empty: 1 });
  assert.deepEqual(report.token_distribution, { 1: 2, 2: 2, 5: 3, 6: 3, 9: 1 });
  assert.deepEqual(report.length_histogram, { 0: 1, 1: 1, 4: 1, 6: 1 });
  assert.deepEqual(report.pattern_detection, [
    { pattern: [5, 6, 5], count: 2 },
    { pattern: [6, 5, 6], count: 2 },
    { pattern: [1, 1, 2], count: 1 },
    { pattern: [1, 2, 2], count: 1 },
  ]);
});

test('no data has no means', () => {
  const report = synthgen.analyzeSequences(batchOf());
  assert.equal(report.num_sequences, 0);
  for (const name of ['avg_length', 'local_coherence', 'global_coherence', 'min_length']) {
    assert.equal(report[name], null, name);
  }
});

test('parts added or merged in any order give the report of the whole', () => {
  const generator = synthgen.generator({ generator: 'pattern', vocab_size: 20, seq_length: 30 });
  const whole = synthgen.analyzeSequences(generator.generate({ count: 60 }));
  const parts = [0, 20, 40].map((first) => {
    const analyzer = synthgen.analyzer();
    analyzer.add(generator.generate({ first, count: 5 }));
    analyzer.add(generator.generate({ first: first + 5, count: 15 }));
    return analyzer;
  });
  for (const [a, b, c] of [
    [2, 0, 1],
    [1, 2, 0],
  ]) {
    const merged = synthgen.analyzer();
    for (const part of [a, b, c]) merged.merge(parts[part]);
    assert.deepEqual(merged.report(), whole);
    merged.delete();
  }
  [generator, ...parts].forEach((handle) => handle.delete());
});

test('options choose n, the number of n-grams and values per sequence', () => {
  const batch = batchOf([1, 2, 1, 2, 1], [3], []);
  const report = synthgen.analyzeSequences(batch, { ngram: 2, top: 1, perSequence: true });
  assert.deepEqual(report.pattern_detection, [{ pattern: [1, 2], count: 2 }]);
  assert.deepEqual(report.per_sequence, {
    length: [5, 1, 0],
    local_coherence: [0, null, null],
    global_coherence: [0.6, 1, null],
    entropy: [synthgen.computeEntropy([1, 2, 1, 2, 1]), 0, 0],
  });
  assert.equal(synthgen.analyzeSequences(batch).per_sequence, undefined);
});

test('measures are chosen by name', () => {
  const batch = batchOf([1, 2, 1, 2, 1], [3], []);
  assert.deepEqual(
    synthgen.analyzeSequences(batch, { measures: ['coherence', 'token_diversity'] }),
    {
      ...synthgen.analyzeSequences(batch, { measures: ['statistics'] }),
      ...synthgen.analyzeSequences(batch, { measures: ['coherence'] }),
    },
  );
  assert.throws(() => synthgen.analyzer({ measures: ['entropi'] }), {
    name: 'SynthgenError',
    message: /measures: got "entropi"; .*did you mean entropy\?/,
  });
  assert.throws(() => synthgen.analyzer({ measures: 'entropy' }), /measures: .*a list of names/);
});

test('an option that is not allowed is refused', () => {
  for (const ngram of [0, 17, -1, 1.5, '3', Number.NaN]) {
    assert.throws(() => synthgen.analyzer({ ngram }), { name: 'SynthgenError', message: /ngram/ });
  }
});

test('analyses with different options do not merge', () => {
  const [three, four] = [synthgen.analyzer(), synthgen.analyzer({ ngram: 4 })];
  assert.throws(() => three.merge(four), { name: 'SynthgenError', message: /different options/ });
});

test('a batch that would be read past its end is refused', () => {
  const analyzer = synthgen.analyzer();
  const tokens = Uint32Array.of(1, 2, 3);
  for (const offsets of [[], [0], [0, 4], [1, 3], [0, 2], [0, 3, 2, 3]]) {
    assert.throws(() => analyzer.add({ tokens, offsets: Uint32Array.from(offsets) }), {
      name: 'SynthgenError',
      message: /^offsets: .*ascending from 0 to the number of tokens, 3/,
    });
  }
  for (const batch of [undefined, {}, { tokens: [1], offsets: [0, 1] }]) {
    assert.throws(() => analyzer.add(batch), { name: 'SynthgenError', message: /a Uint32Array/ });
  }
  assert.equal(analyzer.report().num_sequences, 0);
});

test('a deleted analyzer says so', () => {
  const [analyzer, other] = [synthgen.analyzer(), synthgen.analyzer()];
  analyzer.delete();
  for (const use of [
    () => analyzer.add(batchOf([1])),
    () => analyzer.report(),
    () => analyzer.merge(other),
    () => other.merge(analyzer),
  ]) {
    assert.throws(use, { name: 'SynthgenError', message: 'Analyzer was used after its delete()' });
  }
});

test('quality metrics, entropy and the pattern detector follow their definitions', () => {
  const batch = batchOf([1, 2, 1, 2, 1, 2], [1, 2], [1, 2], [5, 5, 5, 5]);
  assert.deepEqual(synthgen.computeQualityMetrics(batch), {
    sequence_diversity: 0.75,
    token_diversity: 3,
    average_entropy: 0.75,
    pattern_ratio: 0.25,
  });
  assert.equal(synthgen.computeEntropy([7, 8, 9, 10]), 2);
  assert.equal(synthgen.hasPattern(new Uint16Array([7, 8, 9, 10, 11, 12])), true);
  assert.equal(synthgen.hasPattern([7, 8, 9, 10, 11]), false);
  assert.throws(() => synthgen.hasPattern([1, -2]), /sequence\[1\]: got -2; allowed: an id/);
  assert.throws(() => synthgen.computeEntropy('12'), /a list of ids/);
});

test('advice names the number and a change of the config that betters it', () => {
  const config = { vocab_size: 2, seq_length: 6 };
  const measured = (used) => {
    const generator = synthgen.generator(used);
    const report = synthgen.analyzeSequences(generator.generate({ count: 200 }), { config: used });
    generator.delete();
    return report;
  };
  const before = measured(config);
  const advice = before.advice.find(({ rule }) => rule === 'low_sequence_diversity');
  assert.equal(advice.trouble, 'low diversity');
  assert.equal(advice.value, before.sequence_diversity);
  assert.equal(advice.parameter, 'vocab_size');
  assert.deepEqual(advice.change, { vocab_size: 8 });
  const after = measured({ ...config, ...advice.change });
  assert.ok(after.sequence_diversity > before.sequence_diversity);
  assert.deepEqual(measured({ seq_length: 64, vocab_size: 500 }).advice, []);
});

test('with a config complexities are normalised with its vocabulary', () => {
  const batch = batchOf([1, 2, 3, 1, 2, 4], [1, 1, 2, 1, 1, 2]);
  const measured = (config) =>
    synthgen.analyzeSequences(batch, { measures: ['lz_complexity'], config });
  const known = measured({ vocab_size: 100 });
  const unknown = measured(undefined);
  assert.equal(known.vocab_size, 100);
  assert.equal(unknown.vocab_size, undefined);
  assert.notEqual(known.lz_complexity, unknown.lz_complexity);
});

test('without a config the vocabulary alone normalises complexities, and advice stays the same', () => {
  const batch = batchOf([1, 2, 3, 1, 2, 4], [1, 1, 2, 1, 1, 2]);
  const measured = (options) =>
    synthgen.analyzeSequences(batch, { measures: ['lz_complexity'], ...options });
  const known = measured({ vocabSize: 100 });
  assert.equal(known.vocab_size, 100);
  assert.equal(known.lz_complexity, measured({ config: { vocab_size: 100 } }).lz_complexity);
  assert.deepEqual(known.advice, measured({}).advice);
  assert.equal(measured({ config: { vocab_size: 9 }, vocabSize: 100 }).vocab_size, 100);
  assert.throws(() => measured({ vocabSize: 0 }), /vocab_size: got 0; allowed: an integer/);
});

test('a config that is none is refused', () => {
  assert.throws(() => synthgen.analyzer({ config: { vocab_size: 1 } }), /vocab_size: got 1/);
});

test('where memory is short, counts are refused or, if that will do, estimated', () => {
  const batch = synthgen.generateRandomSequences({
    vocab_size: 60_000,
    seq_length: 200,
    num_samples: 2000,
  });
  const short = { memoryLimit: 2 ** 16 };
  const { exact, error_bounds } = synthgen.analyzeSequences(batch, { ...short, approximate: true });
  assert.equal(exact, false);
  assert.ok(Object.values(error_bounds).length > 0);
  assert.equal(synthgen.analyzeSequences(batch).exact, true);
  assert.throws(
    () => synthgen.analyzer({ approximate: 1 }),
    /approximate: got 1; allowed: true or false/,
  );
});

test('analyses that were saved elsewhere give the report of the whole, latents included', () => {
  const config = { generator: 'pattern', vocab_size: 20, seq_length: 30, noise_probability: 0.1 };
  const measures = synthgen.measures().map(({ name }) => name);
  const options = { config, measures: measures.filter((name) => !name.startsWith('predictive')) };
  const generator = synthgen.generator(config);
  const whole = synthgen.analyzer(options);
  whole.add(generator.generate({ count: 60, latents: true }));
  const saved = [30, 0].map((first) => {
    const part = synthgen.analyzer(options);
    part.addRange(generator, { first, count: 30, latents: true });
    return part.save();
  });
  const [merged, other] = saved.map((bytes) => synthgen.loadAnalyzer(bytes, { config }));
  merged.merge(other);
  assert.deepEqual(merged.report(), whole.report());
  assert.ok(merged.report().oracle_bits_per_token > 0);
});

test('only the bytes of a saved analysis can be loaded', () => {
  const bytes = synthgen.analyzer().save();
  for (const given of [bytes.subarray(1), bytes.subarray(0, bytes.length - 1), new Uint8Array()]) {
    assert.throws(() => synthgen.loadAnalyzer(given), { name: 'SynthgenError', kind: 'data' });
  }
});
