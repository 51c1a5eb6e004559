import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';

import {
  assertRefused,
  exitStatus,
  isSanitized,
  names,
  peakMemory,
  records,
  scratch,
  synthgen,
} from './synthgen.js';

const formats = ['jsonl', 'npy', 'pt', 'safetensors', 'bin', 'llmc', 'megatron', 'csv'];

const size = ['--vocab-size', 900, '--num-train', 60, '--num-val', 7, '--quiet'];
const pattern = ['--generator', 'pattern', '--seq-length', 50];

/** A dataset of sequences of different lengths in a directory. */
function dataset(directory, ...flags) {
  const made = synthgen('generate', '--output-dir', directory, ...pattern, ...size, ...flags);
  assert.equal(made.status, 0, made.stderr);
  return directory;
}

/** Whether sequences of different lengths need a separator. */
const isStream = (format) => ['bin', 'llmc'].includes(format);

const ragged = ['--length-variation', 0.5];

/** Debian's Python with the module that reads a format; why not, where it is missing. */
function python(module) {
  const program = '/usr/bin/python3';
  const probe = spawnSync(program, ['-c', `import ${module}`]);
  const missing = probe.error !== undefined || probe.status !== 0;
  return {
    skip: missing && `${program} has no ${module}: tools/setup python installs it`,
    run(script, ...args) {
      const result = spawnSync(program, ['-c', script, ...args], { encoding: 'utf8' });
      assert.equal(result.status, 0, result.stderr);
      return JSON.parse(result.stdout);
    },
  };
}

test('every format holds the same sequences, ragged ones too', (t) => {
  const directory = scratch(t);
  const measured = (folder) => synthgen('analyze', folder, '--json', '--quiet').stdout;
  for (const lengths of [[], ragged]) {
    const name = (format) => join(directory, `${format}${lengths.length}`);
    const expected = measured(dataset(name('jsonl'), ...lengths));
    assert.match(expected, /"num_sequences": 67,/);
    for (const format of formats.slice(1)) {
      const separator = isStream(format) && lengths.length > 0 ? ['--separator', 900] : [];
      dataset(name(format), '--format', format, ...lengths, ...separator);
      assert.equal(measured(name(format)), expected, format);
    }
  }
});

test('any number of threads writes the same bytes in every format', (t) => {
  const directory = scratch(t);
  for (const format of formats) {
    const flags = ['--format', format, '--seq-length', 4000, '--num-train', 200];
    const made = [1, 3].map((threads) => {
      const folder = join(directory, `${format}-${threads}`);
      const parameters = ['--vocab-size', 70000, '--num-val', 0, '--quiet', '--threads', threads];
      const run = synthgen('generate', '--output-dir', folder, ...flags, ...parameters);
      assert.equal(run.status, 0, run.stderr);
      return Object.fromEntries(names(folder).map((n) => [n, readFileSync(join(folder, n))]));
    });
    assert.deepEqual(made[0], made[1], format);
  }
});

const numpy = python('numpy');
test(
  'numpy.load reads npy files and the lengths in their side files',
  { skip: numpy.skip },
  (t) => {
    const directory = scratch(t);
    const lines = readFileSync(join(dataset(join(directory, 'jsonl'), ...ragged), 'train.jsonl'));
    const expected = records(lines.toString()).map(({ input_ids }) => input_ids);
    for (const dtype of ['uint16', 'uint32', 'int32', 'int64']) {
      const folder = dataset(
        join(directory, dtype),
        ...ragged,
        '--format',
        'npy',
        '--dtype',
        dtype,
      );
      const read = numpy.run(
        `import json, sys, numpy
rows = numpy.load(sys.argv[1] + '/train.npy')
lengths = numpy.load(sys.argv[1] + '/train_lengths.npy')
print(json.dumps([str(rows.dtype), str(lengths.dtype), list(rows.shape),
                  [row[:n].tolist() for row, n in zip(rows, lengths)],
                  int(sum(row[n:].sum() for row, n in zip(rows, lengths)))]))`,
        folder,
      );
      assert.deepEqual(read, [dtype, 'int32', [60, 75], expected, 0]);
    }
  },
);

test('numpy reads nanoGPT streams as nanoGPT does', { skip: numpy.skip }, (t) => {
  const folder = dataset(join(scratch(t), 'bin'), '--format', 'bin');
  const read = numpy.run(
    `import json, pickle, sys, numpy
ids = numpy.memmap(sys.argv[1] + '/train.bin', dtype=numpy.uint16, mode='r')
meta = pickle.load(open(sys.argv[1] + '/meta.pkl', 'rb'))
print(json.dumps([len(ids), ids[:50].tolist(), meta['vocab_size']]))`,
    folder,
  );
  const [first] = records(
    synthgen('preview', ...pattern, '--vocab-size', 900, '--count', 1, '--json').stdout || '[]',
  );
  assert.deepEqual([read[0], read[2]], [60 * 50, 900]);
  if (first?.input_ids !== undefined) assert.deepEqual(read[1], first.input_ids);
});

const torch = python('torch');
test(
  'torch.load reads pt files and the lengths and metadata in their side files',
  { skip: torch.skip },
  (t) => {
    const directory = scratch(t);
    const lines = readFileSync(join(dataset(join(directory, 'jsonl'), ...ragged), 'train.jsonl'));
    const expected = records(lines.toString()).map(({ input_ids }) => input_ids);
    const folders = ['int64', 'int32'].map((dtype) =>
      dataset(join(directory, dtype), ...ragged, '--format', 'pt', '--dtype', dtype),
    );
    const read = torch.run(
      `import json, sys, torch
def read(folder):
    rows = torch.load(folder + '/train.pt')
    lengths = torch.load(folder + '/train_lengths.pt')
    return [str(rows.dtype), list(rows.shape), rows.is_contiguous(),
            [row[:n].tolist() for row, n in zip(rows, lengths)],
            json.load(open(folder + '/train_metadata.json'))]
print(json.dumps([read(folder) for folder in sys.argv[1:]]))`,
      ...folders,
    );
    const metadata = { vocab_size: 900, seq_length: 75, num_samples: 60, seed: 42 };
    const rest = [[60, 75], true, expected, metadata];
    assert.deepEqual(read, [
      ['torch.int64', ...rest],
      ['torch.int32', ...rest],
    ]);
  },
);

test('what torch and numpy save is read', { skip: torch.skip || numpy.skip }, (t) => {
  const directory = scratch(t);
  torch.run(
    `import sys, numpy, torch
rows = torch.arange(12).reshape(3, 4)
torch.save(rows, sys.argv[1] + '/long.pt')
torch.save(rows.to(torch.int16), sys.argv[1] + '/short.pt')
torch.save(rows.t(), sys.argv[1] + '/strided.pt')
torch.save({'rows': rows}, sys.argv[1] + '/dict.pt')
numpy.save(sys.argv[1] + '/big.npy', rows.numpy().astype('>i4'))
numpy.save(sys.argv[1] + '/fortran.npy', numpy.asfortranarray(rows.numpy()))
numpy.save(sys.argv[1] + '/float.npy', rows.numpy().astype('f4'))
print(1)`,
    directory,
  );
  for (const name of ['long.pt', 'short.pt', 'big.npy']) {
    const output = join(directory, `${name}.jsonl`);
    const done = synthgen('convert', join(directory, name), '--output', output, '--quiet');
    assert.equal(done.status, 0, done.stderr);
    assert.equal(
      readFileSync(output, 'utf8'),
      '{"input_ids":[0,1,2,3]}\n{"input_ids":[4,5,6,7]}\n{"input_ids":[8,9,10,11]}\n',
      name,
    );
  }
  const refused = {
    'strided.pt': /not contiguous/,
    'dict.pt': /--tensor can name one of rows/,
    'fortran.npy': /Fortran/,
  };
  for (const [name, reason] of Object.entries({ ...refused, 'float.npy': /dtype "<f4"/ })) {
    assertRefused(synthgen('analyze', join(directory, name), '--quiet'), exitStatus.faults, reason);
  }
});

test('compressed files hold the bytes of the plain one', (t) => {
  const directory = scratch(t);
  const plain = readFileSync(join(dataset(join(directory, 'plain'), ...ragged), 'train.jsonl'));
  const zipped = dataset(join(directory, 'gzip'), ...ragged, '--compress', 'gzip');
  const packed = readFileSync(join(zipped, 'train.jsonl.gz'));
  assert.ok(packed.length < plain.length);
  assert.ok(gunzipSync(packed).equals(plain));
  const zstd = dataset(join(directory, 'zstd'), ...ragged, '--compress', 'zstd');
  const output = join(directory, 'again.jsonl');
  const back = synthgen('convert', join(zstd, 'train.jsonl.zst'), '--output', output, '--quiet');
  assert.equal(back.status, 0, back.stderr);
  assert.ok(readFileSync(output).equals(plain));
  writeFileSync(join(directory, 'cut.jsonl.gz'), packed.subarray(0, packed.length - 20));
  assertRefused(
    synthgen('analyze', join(directory, 'cut.jsonl.gz'), '--quiet'),
    exitStatus.faults,
    /cut\.jsonl\.gz: byte \d+: cannot be decompressed: the file ends within compressed text$/,
  );
});

test('convert reads and writes every format', (t) => {
  const directory = scratch(t);
  const folder = dataset(join(directory, 'data'), ...ragged);
  const original = readFileSync(join(folder, 'train.jsonl'), 'utf8');
  let last = join(folder, 'train.jsonl');
  for (const [i, format] of [...formats, ...formats.toReversed()].entries()) {
    const extension = { megatron: 'bin', llmc: 'bin' }[format] ?? format;
    const output = join(directory, `step${i}.${extension}`);
    const separator = isStream(format) ? ['--separator', 900] : [];
    const done = synthgen('convert', last, '--format', format, '--output', output, ...separator);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stderr, /wrote 60 sequences, \d+ tokens to /);
    last = output;
  }
  assert.equal(readFileSync(last, 'utf8'), original);
});

const labelled =
  '{"input_ids":[1,2,3],"labels":[-100,5,6]}\n{"input_ids":[4],"labels":[899],"latents":{"spans":[],"noise":[0]}}\n';

test('convert takes labels and latents along as far as the format carries them', (t) => {
  const directory = scratch(t);
  const input = join(directory, 'in.jsonl');
  writeFileSync(input, labelled);
  const convert = (from, to, ...flags) =>
    synthgen('convert', from, '--output', join(directory, to), ...flags);
  const same = convert(input, 'in.jsonl.gz', '--compress', 'gzip', '--labels', '--latents');
  assert.equal(same.status, 0, same.stderr);
  assert.equal(gunzipSync(readFileSync(join(directory, 'in.jsonl.gz'))).toString(), labelled);
  const withoutLatents = labelled.replace(/,"latents".*(?=}\n)/, '');
  for (const format of ['npy', 'pt', 'safetensors', 'csv', 'bin', 'llmc', 'megatron']) {
    const name =
      { bin: 'bin.bin', llmc: 'llmc.bin', megatron: 'megatron.bin' }[format] ?? `x.${format}`;
    const separator = isStream(format) ? ['--separator', 900] : [];
    const there = convert(input, name, '--format', format, '--labels', ...separator);
    assert.equal(there.status, 0, there.stderr);
    assert.match(
      there.stderr,
      new RegExp(`left out what ${format} cannot carry: latents \\(formats that can: jsonl\\)\n`),
    );
    const back = convert(join(directory, name), `${format}.jsonl`, '--labels', '--quiet');
    assert.equal(back.status, 0, back.stderr);
    assert.equal(readFileSync(join(directory, `${format}.jsonl`), 'utf8'), withoutLatents, format);
  }
  const lost = convert(input, 'z.csv', '--format', 'csv');
  assert.match(lost.stderr, /left out what csv cannot carry: latents \(/);
  assertRefused(
    convert(input, 'y.csv', '--format', 'csv', '--labels', '--latents'),
    exitStatus.usage,
    '--latents: not with csv; formats that can: jsonl',
  );
  const plain = join(directory, 'plain.csv');
  writeFileSync(plain, 't0,t1\n1,2\n');
  for (const what of ['labels', 'latents']) {
    const none = convert(plain, 'y.jsonl', `--${what}`);
    assertRefused(none, exitStatus.faults, `${plain}: has no ${what}`);
  }
  const generated = synthgen('generate', '--output-dir', join(directory, 'g'), ...size, '--labels');
  assertRefused(generated, exitStatus.usage, '--labels: the family random has none');
});

test('side files of an earlier file are not taken for those of the new one', (t) => {
  const directory = scratch(t);
  const [input, plain] = ['in.jsonl', 'plain.jsonl'].map((name) => join(directory, name));
  writeFileSync(input, labelled);
  writeFileSync(plain, '{"input_ids":[7,7,7]}\n{"input_ids":[8,8,8]}\n');
  const output = join(directory, 'x.npy');
  const convert = (from, ...flags) =>
    synthgen('convert', from, '--format', 'npy', '--output', output, '--quiet', ...flags);
  assert.equal(convert(input).status, 0);
  rmSync(output);
  assertRefused(convert(plain), exitStatus.usage, /x_lengths\.npy: exists already/);
  assert.equal(convert(plain, '--force').status, 0);
  assert.deepEqual(names(directory), ['in.jsonl', 'plain.jsonl', 'x.npy']);
});

test('torch and numpy read labels', { skip: torch.skip || numpy.skip }, (t) => {
  const directory = scratch(t);
  const input = join(directory, 'in.jsonl');
  writeFileSync(input, labelled);
  for (const format of ['npy', 'pt', 'safetensors']) {
    assert.equal(synthgen('convert', input, '--format', format, '--quiet').status, 0);
  }
  const read = torch.run(
    `import json, sys, numpy, torch
labels = [numpy.load(sys.argv[1] + '/in_labels.npy'), torch.load(sys.argv[1] + '/in_labels.pt')]
text = open(sys.argv[1] + '/in.safetensors', 'rb').read()
end = 8 + int.from_bytes(text[:8], 'little')
place = json.loads(text[8:end])['labels']
first, last = (end + offset for offset in place['data_offsets'])
assert first % 8 == 0
labels.append(numpy.frombuffer(text[first:last], numpy.int64).reshape(place['shape']))
print(json.dumps([[str(each.dtype), each.tolist()] for each in labels]))`,
    directory,
  );
  const table = [
    [-100, 5, 6],
    [899, -100, -100],
  ];
  assert.deepEqual(read, [
    ['int32', table],
    ['torch.int64', table],
    ['int64', table],
  ]);
});

test('convert names its output after the input and replaces nothing unasked', (t) => {
  const directory = scratch(t);
  const folder = dataset(join(directory, 'data'));
  const input = join(folder, 'train.jsonl');
  const convert = (...flags) => synthgen('convert', input, '--quiet', ...flags);
  assert.equal(convert('--format', 'npy').status, 0);
  assertRefused(
    convert('--format', 'npy'),
    exitStatus.usage,
    `${join(folder, 'train.npy')}: exists already; give --force to replace it, or another --output`,
  );
  assert.equal(convert('--format', 'npy', '--force').status, 0);
  assertRefused(convert(), exitStatus.usage, /train\.jsonl: is a file that is read/);
  assertRefused(
    convert('--format', 'csv', '--dtype', 'int32'),
    exitStatus.usage,
    '--dtype: got int32; allowed: not with csv; formats that can: npy, pt, safetensors, megatron',
  );
  assert.deepEqual(names(folder), ['metadata.json', 'train.jsonl', 'train.npy', 'val.jsonl']);
});

test('what a format cannot hold is refused before a byte is written', (t) => {
  const directory = scratch(t);
  const refuse = (message, ...flags) => {
    const out = join(directory, 'out');
    assertRefused(
      synthgen('generate', '--output-dir', out, ...size, '--generator', 'pattern', ...flags),
      exitStatus.usage,
      message,
    );
    assert.deepEqual(names(directory), []);
  };
  refuse('--latents: not with pt; formats that can: jsonl', '--format', 'pt', '--latents');
  refuse(
    '--dtype: got uint16; allowed: a type that holds every id up to 70000, the pad_token',
    ...['--format', 'npy', '--dtype', 'uint16', '--pad-token', 70000, ...ragged],
  );
  refuse(/^--separator: train: sequences differ in length/, '--format', 'bin', ...ragged);
});

test('a name that its content contradicts is an error', (t) => {
  const folder = dataset(join(scratch(t), 'data'), '--format', 'npy');
  const wrong = (name) => {
    copyFileSync(join(folder, 'train.npy'), join(folder, name));
    return synthgen('analyze', join(folder, name), '--quiet');
  };
  assertRefused(
    wrong('x.jsonl'),
    exitStatus.faults,
    /x\.jsonl: is named \.jsonl, but its content is NPY$/,
  );
  assertRefused(wrong('x.pt'), exitStatus.faults, /x\.pt: is named \.pt, but its content is NPY$/);
  assert.equal(wrong('x').status, 0, 'a name without an extension says nothing');
});

test('a million tokens take less than 64 MiB in every format', { skip: isSanitized }, async (t) => {
  const directory = scratch(t);
  const parameters = [
    '--generator',
    'pattern',
    '--num-train',
    4000,
    '--num-val',
    0,
    '--threads',
    1,
  ];
  const lengths = ['--seq-length', 256, '--length-variation', 0.5, '--vocab-size', 900];
  for (const format of formats) {
    const separator = isStream(format) ? ['--separator', 900] : [];
    const out = ['--output-dir', join(directory, format), '--format', format, ...separator];
    const peak = await peakMemory('generate', '--quiet', ...parameters, ...lengths, ...out);
    assert.ok(peak > 0 && peak < 64 * 2 ** 20, `${format}: ${peak} bytes`);
  }
});
