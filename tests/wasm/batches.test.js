// Sequences in batches, and objects that blocks free.

import assert from 'node:assert/strict';
import test from 'node:test';

import { createSynthgen, SynthgenError } from 'synthgen';

const synthgen = await createSynthgen();
const config = { generator: 'pattern', vocab_size: 50, seq_length: 20, num_val: 23 };

const sequencesOf = ({ tokens, offsets }) =>
  Array.from(offsets.slice(1), (end, i) => [...tokens.slice(offsets[i], end)]);

async function collected(batches) {
  const sizes = [];
  const sequences = [];
  for await (const batch of batches) {
    sizes.push(batch.offsets.length - 1);
    sequences.push(...sequencesOf(batch));
  }
  return { sizes, sequences };
}

test('batches have the sequences of the range, and by default those of the split', async () => {
  const generator = synthgen.generator(config);
  const range = { split: 'val', first: 4, count: 10 };
  const expected = sequencesOf(generator.generate(range));
  const { sizes, sequences } = await collected(generator.batches({ ...range, batchSize: 4 }));
  assert.deepEqual([sizes, sequences], [[4, 4, 2], expected]);
  const all = await collected(generator.batches({ split: 'val' }));
  assert.deepEqual(all.sequences, sequencesOf(generator.generate({ split: 'val', count: 23 })));
  for await (const batch of generator.batches({ count: 2, latents: true })) {
    assert.equal(batch.latents.length, 2);
  }
  await assert.rejects(collected(generator.batches({ batchSize: 0 })), (error) => {
    assert.ok(error instanceof SynthgenError);
    assert.equal(error.message, 'batchSize: got 0; allowed: an integer from 1 up');
    return true;
  });
  await assert.rejects(collected(generator.batches({ first: -1, count: 2 })), SynthgenError);
  generator.delete();
});

test('an aborted signal ends the iteration with its reason, also from a timer', async () => {
  const generator = synthgen.generator(config);
  const aborting = new AbortController();
  const reason = new Error('enough');
  let made = 0;
  setTimeout(() => aborting.abort(reason));
  const endless = generator.batches({ count: 2 ** 40, batchSize: 1, signal: aborting.signal });
  await assert.rejects(
    async () => {
      for await (const batch of endless) made += batch.offsets.length - 1;
    },
    (error) => error === reason,
  );
  assert.ok(made >= 1);
  generator.delete();
});

test('readers and encoders are iterable', () => {
  const generator = synthgen.generator({ ...config, num_train: 3000, num_val: 2 });
  const encoder = synthgen.datasetEncoder(generator);
  const chunks = [...encoder];
  const bytes = Buffer.concat(
    chunks.filter(({ file }) => file === 'train.jsonl').map((c) => c.bytes),
  );
  const reader = synthgen.openFile(bytes, 'train.jsonl');
  const batches = [...reader];
  assert.deepEqual(batches.flatMap(sequencesOf), sequencesOf(generator.generate({ count: 3000 })));
  assert.equal(JSON.parse(encoder.manifest()).files.length, 2);
  assert.equal(reader.next(), null);
  for (const handle of [reader, encoder, generator]) handle.delete();
});

test('every object that lives in the module can be disposed of', () => {
  const generator = synthgen.generator(config);
  const handles = [
    synthgen.analyzer(),
    synthgen.validator(),
    synthgen.openFile(new TextEncoder().encode('[1]\n'), 'a.jsonl'),
    synthgen.datasetEncoder(generator),
    generator.predictor(),
    generator,
  ];
  for (const handle of handles) {
    handle[Symbol.dispose]();
    assert.throws(() => handle.raw, /was used after its delete\(\)/);
    handle[Symbol.dispose]();
  }
});

test('1000 analyzers that nobody deletes fit into the memory of one loop', () => {
  const batch = synthgen.generator(config).generate({ count: 20 });
  let reported = 0;
  for (let i = 0; i < 1000; i += 1) {
    const analyzer = synthgen.analyzer();
    analyzer.add(batch);
    reported += analyzer.report().num_sequences;
  }
  assert.equal(reported, 20_000);
});
