// Everything that can go wrong with what the program writes: a clear message, the right exit status,
// no half-written file under its final name, no leftovers.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  assertRefused,
  exitStatus,
  isSanitized,
  names,
  scratch,
  shell,
  start,
  synthgen,
} from './synthgen.js';

const { usage, io, stopped } = exitStatus;
const few = ['--seq-length', 8, '--num-train', 10, '--num-val', 5, '--quiet'];

describe('an output directory', () => {
  test('below a regular file', (t) => {
    const file = join(scratch(t), 'file');
    writeFileSync(file, 'mine');
    const result = synthgen('generate', '--output-dir', join(file, 'out'), ...few);
    assertRefused(result, io, /out: cannot create the directory: Not a directory$/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  test('that is a regular file', (t) => {
    const file = join(scratch(t), 'file');
    writeFileSync(file, 'mine');
    const result = synthgen('generate', '--output-dir', file, ...few);
    assertRefused(result, io, /file: cannot create the directory: /);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  test('in which a directory has the name of a file', (t) => {
    const directory = scratch(t);
    mkdirSync(join(directory, 'val.jsonl', 'sub'), { recursive: true });
    const result = synthgen('generate', '--output-dir', directory, '--force', ...few);
    assertRefused(result, io, /val\.jsonl: .*directory/);
    assert.deepEqual(names(join(directory, 'val.jsonl')), ['sub']);
    rmSync(join(directory, 'val.jsonl'), { recursive: true });
    const resumed = synthgen('generate', '--output-dir', directory, '--resume', ...few);
    assert.equal(resumed.status, 0, resumed.stderr);
    assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl', 'val.jsonl']);
  });

  /** Runs a script with `$1` as a fresh tmpfs of 1 MiB, which is unmounted with the script. */
  function onSmallDisk(t, script) {
    const mounted = 'mount -t tmpfs -o size=1m tmpfs "$1"';
    const directory = scratch(t);
    const run = (commands) =>
      shell(`exec unshare --mount sh -c '${mounted} && { ${commands}; }' "$0" "$1"`, directory);
    if (run('true').status !== 0) {
      t.skip('SKIPPED: mounting a tmpfs needs root');
      return null;
    }
    return run(script);
  }

  test('on a disk that is full', (t) => {
    const result = onSmallDisk(
      t,
      '"$0" generate --output-dir "$1/out" --quiet; echo "$?"; ls -A "$1/out"',
    );
    if (result === null) return;
    assert.equal(result.stdout, '3\n', 'an error before the first byte');
    assert.match(
      result.stderr,
      /^synthgen generate: .*\/out: not enough space: about \d{9} bytes are needed, \d+ are free\n$/,
    );
  });

  test('on a disk that is full, with shards', (t) => {
    const result = onSmallDisk(
      t,
      '"$0" generate --output-dir "$1/out" --num-shards 99 --quiet; echo "$?"; ls -A "$1/out"',
    );
    if (result === null) return;
    assert.equal(result.stdout, '3\n', 'an error before the first byte');
    assert.match(result.stderr, /not enough space: about \d{9} bytes are needed/);
  });

  test('on a disk that is full, with convert', (t) => {
    const result = onSmallDisk(
      t,
      `"$0" generate --output-dir "$1" --vocab-size 2 --num-train 900 --num-val 0 --compress gzip \\
         --quiet && "$0" convert "$1/train.jsonl.gz" --format npy --dtype int64; echo "$?"; ls -A "$1"`,
    );
    if (result === null) return;
    assert.equal(result.stdout, '3\nmetadata.json\ntrain.jsonl.gz\n', 'there are no leftovers');
    assert.match(
      result.stderr,
      /^synthgen convert: .*: not enough space: about 3686400 bytes are needed, \d+ are free\n$/,
    );
  });

  test('on a disk that is too small for what is to replace a dataset', (t) => {
    const result = onSmallDisk(
      t,
      `"$0" generate --output-dir "$1" ${few.join(' ')} && cat "$1/metadata.json" > "$1/before" &&
       "$0" generate --output-dir "$1" --quiet --force; echo "$?"; ls -A "$1";
       cmp "$1/before" "$1/metadata.json" && "$0" validate "$1"`,
    );
    if (result === null) return;
    assert.equal(
      result.stdout,
      '3\nbefore\nmetadata.json\ntrain.jsonl\nval.jsonl\n' +
        'Data validation passed: 15 sequences in 2 files\n',
    );
  });

  test('on a disk that is read-only', (t) => {
    const result = onSmallDisk(
      t,
      'mkdir "$1/out"; mount -o remount,ro "$1";' +
        '"$0" generate --output-dir "$1/out" --quiet; echo "$?"; ls -A "$1/out"',
    );
    if (result === null) return;
    assert.equal(result.stdout, '3\n');
    assert.match(result.stderr, /metadata\.json\.journal: cannot write: Read-only file system\n$/);
  });

  test('where files may not grow that large', (t) => {
    const directory = join(scratch(t), 'out');
    const result = shell('ulimit -f 100; "$0" generate --quiet --output-dir "$1"', directory);
    assertRefused(result, io, /train\.jsonl: cannot write: File too large$/);
    assert.deepEqual(names(directory), [], 'no chunk was written: nothing to continue');
  });

  test('with a dataset in it', (t) => {
    const directory = scratch(t);
    writeFileSync(join(directory, 'train.jsonl'), 'mine');
    const result = synthgen('generate', '--output-dir', directory, ...few);
    assertRefused(result, usage, /train\.jsonl: exists already; give --force to replace it/);
    assert.deepEqual(names(directory), ['train.jsonl']);
    assert.equal(readFileSync(join(directory, 'train.jsonl'), 'utf8'), 'mine');
  });
});

describe('a signal while a dataset is written', () => {
  const huge = ['--num-train', 1e6, '--seq-length', 256];

  /** Waits until the program has written something, then sends it the signal. */
  async function interrupt(directory, signal, ...args) {
    const child = start('generate', '--output-dir', directory, ...huge, ...args);
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += data));
    const ended = once(child, 'close');
    const isWriting = () =>
      names(directory).some(
        (name) => name.includes('partial') && statSync(join(directory, name)).size > 0,
      );
    while (!isWriting() && child.exitCode === null) await sleep(5);
    child.kill(signal);
    const [status, by] = await ended;
    return { status, signal: by, stdout: '', stderr };
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    for (const threads of [1, 3]) {
      test(`${signal}, ${threads} threads: stops and leaves what can be gone on with`, async (t) => {
        const directory = join(scratch(t), 'out');
        const result = await interrupt(directory, signal, '--threads', threads, '--quiet');
        assertRefused(result, stopped, 'stopped; give --resume to continue');
        assert.deepEqual(names(directory), ['metadata.json.journal', 'train.jsonl.partial']);
      });
    }
  }

  test('leaves the dataset that was to be replaced', async (t) => {
    const directory = scratch(t);
    assert.equal(synthgen('generate', '--output-dir', directory, ...few).status, 0);
    const before = readFileSync(join(directory, 'metadata.json'), 'utf8');

    const result = await interrupt(directory, 'SIGINT', '--force', '--quiet');
    assertRefused(result, stopped, 'stopped; give --resume to continue');
    const left = ['metadata.json.journal', 'train.jsonl.partial'];
    assert.deepEqual(
      names(directory),
      ['metadata.json', 'train.jsonl', 'val.jsonl', ...left].toSorted(),
    );
    assert.equal(readFileSync(join(directory, 'metadata.json'), 'utf8'), before);
    assert.equal(synthgen('validate', directory).status, 0);
  });
});

test('convert never replaces a file that it reads, whatever path leads there', (t) => {
  const directory = scratch(t);
  const file = join(directory, 'data.jsonl');
  writeFileSync(file, '[1,2,3]\n[4]\n');
  symlinkSync(file, join(directory, 'link.jsonl'));
  const convert = (input, format, output) =>
    synthgen('convert', input, '--format', format, '--output', output, '--force', '--quiet');
  for (const format of ['npy', 'bin', 'megatron']) {
    const flags = format === 'bin' ? ['--separator', 9] : [];
    const path = join(directory, `${format}.${format === 'npy' ? format : 'bin'}`);
    const made = synthgen(
      ...['convert', file, '--format', format, '--output', path, '--quiet', ...flags],
    );
    assert.equal(made.status, 0, made.stderr);
  }
  const before = names(directory).map((name) => readFileSync(join(directory, name)));
  for (const [input, output] of [
    ['data.jsonl', 'link.jsonl'],
    ['link.jsonl', './data.jsonl'],
    ['npy.npy', 'npy_lengths.npy'],
    ['bin.bin', 'bin_metadata.json'],
    ['megatron.bin', 'megatron.idx'],
    ['megatron.idx', 'megatron.bin'],
  ]) {
    const to = `${directory}/${output}`;
    const result = convert(join(directory, input), 'jsonl', to);
    assertRefused(result, exitStatus.usage, `${to}: is a file that is read; give another --output`);
  }
  assert.deepEqual(
    names(directory).map((name) => readFileSync(join(directory, name))),
    before,
  );
});

describe('standard output that takes nothing', () => {
  const commands = [
    ['schema'],
    ['families'],
    ['families', 'pattern', '--truth'],
    ['preview', '--quiet'],
    ['preview', '--quiet', '--json', '--count', 10000],
    ['--help'],
    ['generate', '--help'],
    ['--version'],
  ];
  for (const command of commands) {
    test(`synthgen ${command.join(' ')} > /dev/full`, () => {
      const result = shell('"$0" "$@" > /dev/full', ...command);
      assertRefused(result, io, 'cannot write to standard output: No space left on device');
    });
  }

  test('a closed one', () => {
    const result = shell('"$0" schema >&-');
    assertRefused(result, io, 'cannot write to standard output: Bad file descriptor');
  });

  test('a pipe whose reader has gone', () => {
    const result = shell('{ "$0" preview --count 100000 --quiet; echo "$?" >&2; } | true');
    assert.equal(
      result.stderr,
      'synthgen preview: cannot write to standard output: Broken pipe\n3\n',
    );
  });

  test('reports of analyze and validate', (t) => {
    const file = join(scratch(t), 'data.jsonl');
    writeFileSync(file, '[1,2,3]\n');
    for (const command of ['analyze', 'validate']) {
      const result = shell('"$0" "$@" > /dev/full', command, file);
      assertRefused(result, io, 'cannot write to standard output: No space left on device');
    }
  });
});

test('a closed stderr does not make a data file of messages', (t) => {
  const directory = join(scratch(t), 'out');
  const result = shell(
    '"$0" generate --output-dir "$1" --num-train 20 --num-val 10 2>&- >&-',
    directory,
  );
  assert.equal(result.status, 0);
  assert.equal(synthgen('validate', directory).stdout.split(':')[0], 'Data validation passed');
});

test('too little memory is a message, whichever thread meets it', (t) => {
  if (isSanitized) {
    return t.skip('SKIPPED: AddressSanitizer reserves more than any limit allows');
  }
  for (const threads of [1, 4]) {
    const directory = join(scratch(t), 'out');
    const result = shell(
      'ulimit -v 130000; exec "$0" "$@"',
      ...['generate', '--output-dir', directory, '--threads', threads, '--quiet'],
      ...['--seq-length', 16777216, '--num-train', 8, '--num-val', 0],
    );
    assertRefused(result, io, 'out of memory');
    assert.deepEqual(names(directory), []);
  }
});
