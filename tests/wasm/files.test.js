// Files of every format, in memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSynthgen } from 'synthgen';

const synthgen = await createSynthgen();
const config = { vocab_size: 300, seq_length: 20, num_train: 50, num_val: 0, num_test: 0 };

/** The bytes of train.* as a dataset of that format has them. */
function encoded(format, more = {}) {
  const generator = synthgen.generator({ ...config, ...more });
  const encoder = synthgen.datasetEncoder(generator, { format });
  const parts = [];
  for (let chunk = encoder.next(); chunk !== null; chunk = encoder.next()) {
    if (/^train\.\w+$/.test(chunk.file)) parts.push(chunk.bytes);
  }
  const { tokens, offsets } = generator.generate({ count: config.num_train });
  encoder.delete();
  generator.delete();
  return { bytes: new Uint8Array(Buffer.concat(parts)), tokens, offsets };
}

for (const format of ['jsonl', 'npy', 'pt', 'safetensors', 'csv']) {
  test(`${format}: what a dataset's encoder writes is read back`, () => {
    const { bytes, tokens, offsets } = encoded(format);
    const name = `train.${format}`;
    const batch = synthgen.loadSyntheticData(bytes, name);
    assert.deepEqual([batch.tokens, batch.offsets], [tokens, offsets]);
    assert.equal(synthgen.validateSyntheticData(bytes, { vocab_size: 300 }, name).passed, true);
    const [{ kind, first }] = synthgen.validateSyntheticData(
      bytes,
      { max_length: 19 },
      name,
    ).faults;
    assert.deepEqual([kind, first[0].file], ['too_long', name]);
  });
}

test('a large file comes some sequences at a time', () => {
  const { bytes, tokens } = encoded('safetensors', { num_train: 50, seq_length: 20000 });
  const reader = synthgen.openFile(bytes, 'train.safetensors');
  let read = 0;
  for (let batch = reader.next(); batch !== null; batch = reader.next()) {
    assert.ok(batch.tokens.length <= 2 ** 18 + 20000);
    assert.deepEqual(batch.tokens, tokens.subarray(read, read + batch.tokens.length));
    read += batch.tokens.length;
    assert.ok(reader.bytesRead <= bytes.length);
  }
  assert.ok(reader.bytesRead > bytes.length * 0.9);
  assert.equal(reader.next(), null);
  reader.delete();
  assert.equal(read, tokens.length);
  assert.throws(() => reader.next(), /used after its delete/);
});

test('the name counts, and says so where the content is something else', () => {
  const { bytes } = encoded('npy');
  const read = (name) => () => synthgen.loadSyntheticData(bytes, name);
  assert.throws(read('x.pt'), {
    kind: 'data',
    message: 'x.pt: is named .pt, but its content is NPY',
  });
  assert.equal(read('x')().offsets.length, 51, 'a name without an extension says nothing');
  assert.throws(
    () => synthgen.openFile(bytes.subarray(0, 40), 'x.npy'),
    /^SynthgenError: x\.npy: /,
  );
  const { passed, faults } = synthgen.validateSyntheticData(bytes.subarray(0, 400), {}, 'x.npy');
  assert.deepEqual(
    [passed, faults[0].kind, faults[0].first[0].file],
    [false, 'malformed', 'x.npy'],
  );
  assert.throws(() => synthgen.openFile('text', 'x.npy'), /bytes: got "text"; allowed: the bytes/);
  assert.throws(() => synthgen.openFile(bytes), /name: got undefined; allowed: a string/);
  assert.throws(read('x.jsonl.gz'), /is named \.gz, but its content is NPY/);
});
