// Data from elsewhere: reading and validating JSONL in memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSynthgen } from 'synthgen';

const synthgen = await createSynthgen();

test('what a generator encodes is read back as it was', () => {
  const generator = synthgen.generator({ templates: [[1, 'RANDOM', 3]], seq_length: 5 });
  const batch = generator.generate({ count: 20 });
  const bytes = generator.encodeJsonl({ count: 20 });
  assert.deepEqual(synthgen.loadSyntheticData(bytes), batch);
  assert.deepEqual(synthgen.loadSyntheticData(new TextDecoder().decode(bytes)), batch);
  generator.delete();
});

test('objects, bare arrays, CRLF, a byte order mark and a blank last line are no trouble', () => {
  const text = '\uFEFF{"tokens":[1,2]}\r\n[3]\r\n{"input_ids":[]}\n\n';
  const { tokens, offsets, padding } = synthgen.loadSyntheticData(text);
  assert.deepEqual([[...tokens], [...offsets], padding], [[1, 2, 3], [0, 2, 3, 3], undefined]);
});

test('labels come with the sequences that have some, and go where their tokens go', () => {
  const text =
    '{"input_ids":[5,6,7],"labels":[-100,4294967295,2]}\n[8]\n{"tokens":[9,9],"labels":[3,4]}\n';
  const batch = synthgen.loadSyntheticData(text);
  assert.deepEqual(batch.labels, Float64Array.of(-100, 4294967295, 2, -100, 3, 4));
  const cut = synthgen.adjustSequenceLengths(batch, 2);
  assert.deepEqual([...cut.tokens], [5, 6, 8, 9, 9]);
  assert.deepEqual(cut.labels, Float64Array.of(-100, 4294967295, -100, 3, 4));
  assert.equal(synthgen.loadSyntheticData('[5,6]\n').labels, undefined);
  assert.equal(synthgen.validateSyntheticData(batch).passed, true);
});

test('labels that cannot be are named', () => {
  const batch = synthgen.loadSyntheticData('[5,6,7]\n');
  const adjust = (labels) => () => synthgen.adjustSequenceLengths({ ...batch, labels }, 2);
  assert.throws(adjust(Float64Array.of(1, -100, 2.5)), /^SynthgenError: labels\[2\]: got 2.5;/);
  assert.throws(adjust(Float64Array.of(1, -1, 2)), /labels\[1\]: got -1; .*-100/);
  assert.throws(adjust(Float64Array.of(1, 2)), /labels: got a Float64Array with 2 entries; .* 3/);
  assert.throws(adjust([1, 2, 3]), /labels: got 1,2,3; allowed: a Float64Array/);
});

test('the first malformed line is an error with its place', () => {
  const load = (text, name) => () => synthgen.loadSyntheticData(text, name);
  assert.throws(load('[1]\n[1,', 'a.jsonl'), { kind: 'data', message: /^a\.jsonl:2: not JSON/ });
  assert.throws(load('[1]\n\n[1]'), /^SynthgenError: data:2: blank line/);
  assert.throws(load([1, 2]), /JSONL as a string or a Uint8Array/);
});

test('every fault of a text is counted and placed', () => {
  const text = '[1,2]\n[-1]\n[1,9]\n[]\nx\n[1,2,3,4]\n[-5]\n';
  const limits = { vocab_size: 9, max_length: 3 };
  const { passed, num_sequences, faults } = synthgen.validateSyntheticData(text, limits, 'f');
  assert.equal(passed, false);
  assert.equal(num_sequences, 4);
  assert.deepEqual(
    Object.fromEntries(faults.map(({ kind, count, first }) => [kind, [count, first[0].line]])),
    {
      malformed: [1, 5],
      negative_id: [2, 2],
      id_too_large: [1, 3],
      empty: [1, 4],
      too_long: [1, 6],
    },
  );
  assert.ok(faults.every(({ first }) => first[0].file === 'f'));
});

test('a batch is validated, and good data passes', () => {
  const batch = synthgen.generateRandomSequences({ vocab_size: 9, seq_length: 4, num_samples: 3 });
  assert.deepEqual(synthgen.validateSyntheticData(batch, { vocab_size: 9, min_length: 4 }), {
    passed: true,
    num_sequences: 3,
    num_faults: 0,
    faults: [],
  });
  const [{ kind, count }] = synthgen.validateSyntheticData(batch, { max_length: 3 }).faults;
  assert.deepEqual([kind, count], ['too_long', 3]);
});

test('a sequence that was there before is a fault, unless that is allowed', () => {
  const text = '[1,2]\n[3]\n[1,2]\n';
  const [{ kind, count, first }] = synthgen.validateSyntheticData(text, {}, 'f').faults;
  assert.deepEqual(
    [kind, count, first],
    ['duplicate', 1, [{ file: 'f', line: 3, message: 'has the ids of f:1' }]],
  );
  assert.ok(synthgen.validateSyntheticData(text, { allow_duplicates: true }).passed);
});

test('latents come with a text and go into the measures', () => {
  const generator = synthgen.generator({ generator: 'pattern', vocab_size: 90, seq_length: 60 });
  const { latentShares: _, ...made } = generator.generate({ count: 40, latents: true });
  const read = synthgen.loadSyntheticData(generator.encodeJsonl({ count: 40, latents: true }));
  assert.deepEqual(read, made);
  const report = synthgen.analyzeSequences(read);
  assert.deepEqual(report, synthgen.analyzeSequences(made));
  assert.ok(report.pattern_precision > 0.9 && report.pattern_recall > 0.9);
  generator.delete();
});

test('sequences without latents are distinguished from those with latents', () => {
  const text = '[1]\n{"tokens":[2],"latents":{"theme":3}}\n';
  const { latents } = synthgen.loadSyntheticData(text);
  assert.deepEqual(latents, [null, { spans: [], noise: [], theme: 3 }]);
});

test('latents that cannot be are refused by name', () => {
  const batch = synthgen.loadSyntheticData('[1,2]\n');
  const analyze = (latents) => () => synthgen.analyzeSequences({ ...batch, latents });
  assert.throws(analyze([{ noise: [2] }]), {
    kind: 'data',
    message: 'sequence 0: latents.noise[0]: got 2; allowed: an integer from 0 to 1',
  });
  assert.throws(analyze([]), /latents: got 0 entries; allowed: a list with an entry for each/);
  assert.throws(analyze('x'), /latents: got "x"/);
});

test('limits that are not allowed are refused by name', () => {
  const validate = (limits) => () => synthgen.validateSyntheticData('[1]', limits);
  assert.throws(validate({ vocab_size: 0 }), /vocab_size: got 0; allowed: an integer from 1 up/);
  assert.throws(validate({ min_length: 1.5 }), /min_length: got 1\.5; allowed: an integer/);
  assert.throws(validate({ min_length: 3, max_length: 2 }), /max_length: got 2/);
});

test('pieces of a file are validated as the file is, equal sequences among them too', () => {
  const lines = ['[1,2]', '[3]', 'x', '[1,2]', '[1,2,99]', '[3]', '[-1]'].map(
    (line) => `${line}\n`,
  );
  const limits = { vocab_size: 9 };
  const whole = synthgen.validateSyntheticData(lines.join(''), limits, 'f');
  const [duplicates] = whole.faults.filter(({ kind }) => kind === 'duplicate');
  assert.deepEqual([duplicates.count, duplicates.first.map(({ line }) => line)], [2, [4, 6]]);
  for (const size of [1, 2, 3]) {
    const validator = synthgen.validator(limits);
    for (let first = 0; first < lines.length; first += size) {
      validator.addText(lines.slice(first, first + size).join(''), 'f', first + 1);
    }
    assert.deepEqual(validator.report(), whole);
    validator.delete();
  }
  assert.throws(() => synthgen.validator({ min_length: -1 }), { kind: 'usage' });
  const closed = synthgen.validator();
  assert.throws(
    () => closed.addText('[1]', 'f', 0),
    /firstLine: got 0; allowed: an integer from 1/,
  );
  closed.delete();
  assert.throws(() => closed.report(), /Validator was used after its delete/);
});
