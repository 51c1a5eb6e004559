import assert from 'node:assert/strict';
import test from 'node:test';

import { createSynthgen } from 'synthgen';

const synthgen = await createSynthgen();

/** The first `count` train sequences of a config, by way of a generator. */
function trained(config, count) {
  const generator = synthgen.generator(config);
  const batch = generator.generate({ count });
  generator.delete();
  return batch;
}

test('generateRandomSequences makes the train split of the random family', () => {
  const options = { vocab_size: 1000, seq_length: 128, seed: 42 };
  assert.deepEqual(
    synthgen.generateRandomSequences({ ...options, num_samples: 50 }),
    trained({ generator: 'random', ...options }, 50),
  );
});

test('generatePatternSequences makes the train split of the pattern family', () => {
  const options = {
    vocab_size: 1000,
    seq_length: 256,
    pattern_types: ['repetition', 'alternation', 'progression'],
    pattern_probability: 0.3,
    seed: 42,
  };
  assert.deepEqual(
    synthgen.generatePatternSequences({ ...options, num_samples: 50 }),
    trained({ generator: 'pattern', ...options }, 50),
  );
});

test('a number of samples that is not allowed is refused by its name', () => {
  for (const num_samples of [undefined, -1, 0.5, 2 ** 40]) {
    assert.throws(() => synthgen.generateRandomSequences({ num_samples }), {
      name: 'SynthgenError',
      message: /^num_samples: got .*allowed: an integer from 0/,
    });
  }
});

test('other arguments are refused together', () => {
  assert.throws(
    () => synthgen.generatePatternSequences({ num_samples: 1, vocab_size: 1, seed: -1 }),
    { name: 'SynthgenError', message: /vocab_size[^]*seed/ },
  );
});

test('patternRuns tells where a sequence repeats, alternates, progresses and mirrors', () => {
  const run = (start, length, kind) => ({ start, length, kind });
  assert.deepEqual(synthgen.patternRuns([9, 5, 1, 7, 3, 1, 7, 3, 1, 4]), [run(2, 7, 'repetition')]);
  assert.deepEqual(synthgen.patternRuns([9, 5, 1, 7, 1, 7, 1, 7, 4]), [run(2, 6, 'alternation')]);
  assert.deepEqual(synthgen.patternRuns(Uint32Array.of(1, 2, 3, 4, 5, 6, 90, 80, 70, 70, 80, 90)), [
    run(0, 6, 'progression'),
    run(6, 6, 'reversal'),
  ]);
  assert.deepEqual(synthgen.patternRuns([]), []);
  assert.deepEqual(synthgen.patternRuns([1, 2, 3, 4, 5]), []);
  assert.throws(() => synthgen.patternRuns([0.5]), /sequence\[0\]: got 0\.5; allowed: an id/);
});

test('patternRuns and hasPattern agree', () => {
  const { tokens, offsets } = synthgen.generatePatternSequences({
    num_samples: 200,
    vocab_size: 9,
    seq_length: 12,
    pattern_probability: 0.1,
  });
  const answers = new Set();
  for (let i = 0; i + 1 < offsets.length; i += 1) {
    const sequence = tokens.subarray(offsets[i], offsets[i + 1]);
    const runs = synthgen.patternRuns(sequence);
    assert.equal(runs.length > 0, synthgen.hasPattern(sequence));
    for (const { start, length } of runs) assert.ok(length >= 6 && start + length <= 12);
    answers.add(runs.length > 0);
  }
  assert.equal(answers.size, 2);
});

test('analyzeDataset, detectPatterns and measureCoherence agree with the report', () => {
  const batch = synthgen.generatePatternSequences({ num_samples: 30, vocab_size: 12 });
  const report = synthgen.analyzeSequences(batch);
  assert.deepEqual(synthgen.analyzeDataset(batch), report);
  assert.deepEqual(synthgen.detectPatterns(batch), report.pattern_detection);
  assert.deepEqual(
    synthgen.detectPatterns(batch, 5),
    synthgen.analyzeSequences(batch, { ngram: 5 }).pattern_detection,
  );
  assert.deepEqual(synthgen.measureCoherence(batch), {
    local_coherence: report.local_coherence,
    global_coherence: report.global_coherence,
  });
});
