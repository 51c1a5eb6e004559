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
