import assert from 'node:assert/strict';
import test from 'node:test';

import { createSynthgen, SynthgenError } from 'synthgen';

const synthgen = await createSynthgen();
const config = { generator: 'pattern', vocab_size: 50, seq_length: 40, noise_probability: 0.1 };

test('a predictor gives each token the cost that the CLI writes', () => {
  const generator = synthgen.generator(config);
  const predictor = generator.predictor();
  const { tokens } = generator.generate({ count: 1 });
  const costs = predictor.bits(tokens);
  const written = synthgen.datasetEncoder(
    synthgen.generator({ ...config, num_train: 1, num_val: 0 }),
    { predictive: 'bits' },
  );
  const text = new TextDecoder().decode(written.next().bytes);
  const { predictive_bits: bits } = JSON.parse(text);
  assert.equal(bits.length, 40);
  bits.forEach((cost, i) => assert.ok(Math.abs(cost - costs[i]) < 2e-6, `${cost} ${costs[i]}`));
  generator.delete();
  assert.equal(predictor.bits(tokens).join(), costs.join(), 'it outlives its generator');
  predictor.delete();
});

test('its law is what it says of each id, and sums to 1', () => {
  const predictor = synthgen.generator(config).predictor();
  for (const token of [3, 4, 5, 6, 3, 4, 5]) {
    const law = predictor.law();
    assert.equal(law.length, 50);
    assert.ok(Math.abs(law.reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
    assert.ok(Math.abs(law[token] - predictor.probability(token)) < 1e-15);
    const entropy = law.reduce((sum, p) => sum - (p > 0 ? p * Math.log2(p) : 0), 0);
    assert.ok(Math.abs(entropy - predictor.entropyBits) < 1e-9);
    assert.ok(Math.abs(predictor.observe(token) - law[token]) < 1e-15);
  }
  assert.equal(predictor.continuation, 1);
  predictor.reset();
  assert.ok(Math.abs(predictor.probability(9) - 1 / 50) < 1e-15);
  assert.equal(predictor.scored, 0);
});

test('a config without an exact law says why', () => {
  const generator = synthgen.generator({ generator: 'composed' });
  assert.throws(
    () => generator.predictor(),
    (error) =>
      error instanceof SynthgenError && /^no exact law of the next token: /.test(error.message),
  );
  assert.throws(() => generator.predictor('all'), SynthgenError);
});

test('a split has the law of its own config', () => {
  const splits = { test: { noise_probability: 0, pattern_probability: 0 } };
  const generator = synthgen.generator({ ...config, splits });
  const [train, held] = [generator.predictor(), generator.predictor('test')];
  for (const predictor of [train, held]) [1, 2, 1, 2, 1].forEach((id) => predictor.observe(id));
  assert.ok(train.probability(2) > 0.1);
  assert.ok(Math.abs(held.probability(2) - 1 / 50) < 1e-15);
});

test('floorMeasures has the floor and the shortcuts, or the reason why there is no floor', () => {
  const generator = synthgen.generator({ generator: 'random', vocab_size: 4, seq_length: 6 });
  const { report, target, noFloor } = generator.floorMeasures({ count: 100 });
  assert.equal(noFloor, undefined);
  assert.equal(target, 'tokens');
  assert.equal(report.predictive_bits_per_token, 2);
  assert.deepEqual(report.predictive_bits_by_position.oracle, Array(6).fill(2));
  assert.equal(report.shortcut_uniform_bits, 2);
  generator.delete();
  const deep = synthgen.generator({ generator: 'hierarchical', vocab_size: 64, seq_length: 32 });
  assert.match(deep.floorMeasures({ count: 20 }).noFloor, /no exact law of the next token: /);
  deep.delete();
});
