import assert from 'node:assert/strict';
import test from 'node:test';

import { createSynthgen, SynthgenError } from 'synthgen';

const synthgen = await createSynthgen();
const config = {
  generator: 'pattern',
  vocab_size: 300,
  seq_length: 40,
  length_variation: 0.5,
  noise_probability: 0.1,
  seed: 7,
};
const generator = synthgen.generator(config);

const sequencesOf = ({ tokens, offsets }) =>
  Array.from({ length: offsets.length - 1 }, (_, i) => [
    ...tokens.subarray(offsets[i], offsets[i + 1]),
  ]);

const text = (bytes) => new TextDecoder().decode(bytes);

test('with latents a batch has what they say of each sequence and of all tokens', () => {
  const patterns = synthgen.generator({ generator: 'pattern', seq_length: 40, vocab_size: 30 });
  const { latents, latentShares, tokens } = patterns.generate({ count: 30, latents: true });
  const isPattern = ({ kind }) => kind !== 'fresh';
  const shares = latents.map(
    ({ spans }) => spans.filter(isPattern).reduce((sum, { length }) => sum + length, 0) / 40,
  );
  assert.deepEqual(latentShares.per_sequence.pattern_share, shares);
  const fresh = latentShares.kinds.find(({ kind }) => kind === 'fresh').share;
  const covered = shares.reduce((sum, share) => sum + share * 40, 0);
  assert.ok(Math.abs(fresh - (1 - covered / tokens.length)) < 1e-12);
  assert.equal(patterns.generate({ count: 2 }).latentShares, undefined);
  patterns.delete();
});

test('structure says in arrays what the latents say of each token', () => {
  const kinds = synthgen.tokenKinds();
  const range = { split: 'val', count: 30 };
  for (const more of [{ generator: 'hierarchical' }, { generator: 'pattern' }]) {
    const noisy = synthgen.generator({ ...config, ...more });
    const { structure, ...batch } = noisy.generate({ ...range, structure: true });
    const described = noisy.generate({ ...range, latents: true });
    assert.deepEqual({ ...batch, latents: described.latents }, described);
    assert.deepEqual(JSON.parse(text(structure.latents)), described.latents);
    described.latents.forEach(({ spans, noise }, row) => {
      const first = batch.offsets[row];
      for (let position = 0; first + position < batch.offsets[row + 1]; position += 1) {
        const isInside = ({ start, length }) => start <= position && position < start + length;
        const span = spans.findLast(isInside);
        const band = spans.findLast((each) => each.kind === 'band' && isInside(each));
        const middle = band ? (band.first + band.size / 2) / config.vocab_size : 0;
        assert.deepEqual(
          [kinds[structure.kinds[first + position]], structure.spans[first + position]],
          [noise.includes(position) ? 'noise' : span.kind, spans.indexOf(span) + 1],
        );
        assert.equal(structure.bandPlaces[first + position], Math.floor(256 * middle));
      }
    });
    noisy.delete();
  }
  assert.equal(generator.generate({ count: 2, latents: true }).structure, undefined);
});

test('kinds of tokens come with the share that they should have', () => {
  const patterns = synthgen.generator({ ...config, pattern_types: ['reversal'] });
  const { latentShares } = patterns.generate({ count: 400, structure: true });
  const expected = Object.fromEntries(latentShares.kinds.map((each) => [each.kind, each.expected]));
  const close = (share, value) => assert.ok(Math.abs(share - value) < 1e-9, `${share}, ${value}`);
  close(expected.noise, 0.1);
  close(expected.fresh, 0.9 * 0.7);
  close(expected.reversal, 0.9 * 0.3);
  patterns.delete();
});

test('a batch has the Arrow layout and keeps to the config', () => {
  const { tokens, offsets, latents } = generator.generate({ count: 50 });
  assert.ok(tokens instanceof Uint32Array && offsets instanceof Uint32Array);
  assert.equal(latents, undefined);
  assert.equal(offsets.length, 51);
  assert.equal(offsets[0], 0);
  assert.equal(offsets[50], tokens.length);
  assert.ok(tokens.every((token) => token < 300));
  const lengths = sequencesOf({ tokens, offsets }).map(({ length }) => length);
  assert.ok(Math.min(...lengths) >= 20 && Math.max(...lengths) <= 60);
  assert.ok(new Set(lengths).size > 5);
});

test('a sequence is the same alone, in any range and in any order', () => {
  const all = sequencesOf(generator.generate({ count: 40 }));
  for (const first of [39, 0, 17]) {
    assert.deepEqual(sequencesOf(generator.generate({ first, count: 1 })), [all[first]]);
  }
  assert.deepEqual(sequencesOf(generator.generate({ first: 10, count: 25 })), all.slice(10, 35));
  const other = synthgen.generator(config);
  assert.deepEqual(sequencesOf(other.generate({ first: 30, count: 10 })), all.slice(30));
  other.delete();
});

test('the last index of all can be generated', () => {
  const { offsets } = generator.generate({ first: Number.MAX_SAFE_INTEGER - 1, count: 1 });
  assert.ok(offsets[1] >= 20);
});

test('splits and seeds differ', () => {
  const tokens = (maker, split) => maker.generate({ split, count: 3 }).tokens.join();
  const reseeded = synthgen.generator({ ...config, seed: 8 });
  const made = new Set([
    tokens(generator, 'train'),
    tokens(generator, 'val'),
    tokens(generator, 'test'),
    tokens(reseeded, 'train'),
  ]);
  assert.equal(made.size, 4);
  reseeded.delete();
});

test('latents cover every position and do not change the tokens', () => {
  const plain = generator.generate({ count: 20 });
  const described = generator.generate({ count: 20, latents: true });
  assert.deepEqual(described.tokens, plain.tokens);
  assert.equal(described.latents.length, 20);
  described.latents.forEach(({ spans, noise, oracle_bits }, i) => {
    const length = described.offsets[i + 1] - described.offsets[i];
    let position = 0;
    for (const span of spans) {
      assert.equal(span.start, position);
      position += span.length;
    }
    assert.equal(position, length);
    assert.ok(noise.every((at, n) => at < length && (n === 0 || at > noise[n - 1])));
    assert.ok(oracle_bits > 0 && oracle_bits < length * 20);
  });
});

test('JSONL holds the same sequences, a compact object a line', () => {
  const lines = text(generator.encodeJsonl({ first: 5, count: 3 })).split('\n');
  assert.equal(lines.pop(), '');
  assert.deepEqual(
    lines,
    sequencesOf(generator.generate({ first: 5, count: 3 })).map((ids) => `{"input_ids":[${ids}]}`),
  );
});

test('JSONL with latents holds the same latents', () => {
  const lines = text(generator.encodeJsonl({ count: 4, latents: true }))
    .trim()
    .split('\n');
  const { latents } = generator.generate({ count: 4, latents: true });
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).latents),
    latents,
  );
});

test('arrays handed out are copies: they outlive growth of the memory and the generator', () => {
  const maker = synthgen.generator(config);
  const { tokens, offsets } = maker.generate({ count: 10 });
  const before = [...tokens];
  const large = synthgen.generator({ generator: 'random', seq_length: 2 ** 20 });
  assert.equal(large.generate({ count: 8 }).tokens.length, 8 * 2 ** 20);
  large.delete();
  maker.delete();
  assert.deepEqual([...tokens], before);
  assert.equal(offsets[10], tokens.length);
});

test('more sequences than fit into memory are refused, and the module still works', () => {
  const large = synthgen.generator({ generator: 'random', seq_length: 2 ** 24 });
  assert.throws(() => large.generate({ count: 100 }), {
    name: 'SynthgenError',
    message: /not enough memory/,
  });
  large.delete();
  assert.equal(generator.generate({ count: 2 }).offsets.length, 3);
});

test('a bad range is refused with every bad field', () => {
  assert.throws(
    () => generator.generate({ split: 'dev', first: -1, count: 1.5 }),
    (error) => {
      assert.ok(error instanceof SynthgenError);
      assert.deepEqual(
        error.problems.map(({ key, value }) => [key, value]),
        [
          ['split', '"dev"'],
          ['first', '-1'],
          ['count', '1.5'],
        ],
      );
      return true;
    },
  );
  assert.throws(() => generator.generate(), SynthgenError);
  assert.throws(() => generator.encodeJsonl({ count: 2 ** 40 }), SynthgenError);
});

test('equal tokens at lags have a closed form where the family has one', () => {
  const maker = synthgen.generator({
    generator: 'random',
    vocab_size: 8,
    seq_length: 4,
    splits: { test: { vocab_size: 16 } },
  });
  const shares = maker.expectedLagEquality();
  assert.equal(shares.length, 64);
  assert.deepEqual(shares.slice(0, 4), [0.125, 0.125, 0.125, null]);
  assert.equal(maker.expectedLagEquality('test')[0], 1 / 16);
  maker.delete();
  const open = synthgen.generator({ generator: 'hierarchical' });
  assert.equal(open.expectedLagEquality(), undefined);
  open.delete();
});

test('a report is compared with what its generator predicts', () => {
  for (const family of ['random', 'conditional']) {
    const maker = synthgen.generator({ generator: family, vocab_size: 40, seq_length: 50 });
    const report = synthgen.analyzeSequences(maker.generate({ count: 300 }), {
      measures: ['all'],
      config: maker.config,
    });
    const expected = maker.expectedMeasures(report);
    const listed = synthgen
      .measures()
      .filter(({ name, expected: how }) => name === 'num_sequences' || how !== 'never')
      .map(({ name }) => name);
    const measured = listed.filter((name) => (report[name] ?? null) !== null);
    assert.deepEqual(
      measured.filter((name) => !Object.hasOwn(expected, name)),
      ['num_sequences'],
    );
    for (const [name, { value, formula, standard_error = 0 }] of Object.entries(expected)) {
      assert.notEqual(formula, '', name);
      if (typeof value !== 'number') continue;
      const apart = Math.abs(report[name] - value);
      assert.ok(apart <= 25 * standard_error + 0.1 * value + 1e-9, `${family} ${name}`);
    }
    assert.equal(expected.distinct_n.value[1], 40 / 15_000);
    const small = maker.expectedMeasures({ vocab_usage: 0 }, { train: 1, test: 1 });
    assert.ok(small.vocab_usage.value > 10 && small.vocab_usage.value < 39);
    maker.delete();
  }
});

test('what cannot be expected of is refused by name', () => {
  const refused = (...args) => {
    assert.throws(
      () => generator.expectedMeasures(...args),
      (error) =>
        error instanceof SynthgenError &&
        /got .*; allowed: |training: is not a known key; /.test(error.message),
    );
  };
  refused({}, { train: -1 });
  refused({}, { training: 1 });
  refused('text', { train: 1 });
  refused({}, { train: 1 }, { ngram: 17 });
  refused({}, { train: 1 }, { memoryLimit: 0.5 });
  refused({}, { train: 1 }, null);
  refused({}, null);
  refused({});
  refused(null);
  refused([]);
  refused();
});

test('truth and limits are those of the split', () => {
  const maker = synthgen.generator({
    generator: 'pattern',
    vocab_size: 50,
    seq_length: 40,
    splits: { test: { seq_length: 100, length_variation: 0.1, vocab_size: 60 } },
  });
  assert.deepEqual(maker.limits(), { vocab_size: 50, min_length: 40, max_length: 40 });
  assert.deepEqual(maker.limits('test'), { vocab_size: 60, min_length: 90, max_length: 110 });
  const lengthOf = (split) => maker.truth(split).find(({ name }) => name === 'avg_length');
  assert.equal(lengthOf('val').value, 40);
  assert.equal(lengthOf('test').value, 100);
  assert.deepEqual(lengthOf('test').depends_on.toSorted(), ['length_variation', 'seq_length']);
  assert.throws(() => maker.truth('dev'), /split: got "dev"; allowed: one of train, val, test/);
  maker.delete();
});

test('truth gives each expectation with its formula and unit', () => {
  const truth = generator.truth();
  const share = truth.find(({ name }) => name === 'pattern_share');
  assert.ok(Math.abs(share.value - 0.3) < 1e-9);
  for (const { formula, unit } of truth) assert.ok(formula !== '' && typeof unit === 'string');
});

test('a deleted generator says so, and deleting twice is no fault', () => {
  const maker = synthgen.generator(config);
  maker.delete();
  maker.delete();
  for (const use of [
    () => maker.generate({ count: 1 }),
    () => maker.encodeJsonl({ count: 1 }),
    () => maker.config,
    () => maker.truth(),
    () => synthgen.datasetEncoder(maker),
  ]) {
    assert.throws(use, { name: 'SynthgenError', message: 'Generator was used after its delete()' });
  }
});
