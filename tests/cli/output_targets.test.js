// What a path for output leads to: links are written through, pipes and devices are streams or
// refused, and a file that is replaced leaves its mode and owner to the new one.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { until } from '../support/until.js';
import {
  assertRefused,
  binary,
  exitStatus,
  names,
  scratch,
  shell,
  start,
  synthgen,
} from './synthgen.js';

const { usage, stopped } = exitStatus;
const isRoot = process.getuid() === 0;
const lines = '{"input_ids":[1,2,3]}\n{"input_ids":[4,5,6]}\n';
const csv = 't0,t1,t2\n1,2,3\n4,5,6\n';
const few = ['--vocab-size', 9, '--seq-length', 8, '--num-train', 6, '--num-val', 0, '--quiet'];

/** Runs a tool of the system. */
function run(...words) {
  const done = spawnSync(words[0], words.slice(1), { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}

/** A directory with in.jsonl, stages.json and an empty directory `disk`. */
function setUp(t) {
  const directory = scratch(t);
  const file = (name) => join(directory, name);
  mkdirSync(file('disk'));
  writeFileSync(file('in.jsonl'), lines);
  const all = { min_complexity: 0, max_complexity: 1, max_length: 9 };
  writeFileSync(file('stages.json'), JSON.stringify({ all }));
  return { directory, file };
}

/** Each command that writes: the file that `path` is for, and the run that writes it. */
const writers = {
  convert: {
    name: 'x.csv',
    write: ({ file }, path, ...flags) =>
      synthgen('convert', file('in.jsonl'), '--format', 'csv', '--output', path, ...flags),
    alternative: 'another --output',
  },
  'analyze --html': {
    name: 'x.html',
    write: ({ file }, path, ...flags) =>
      synthgen('analyze', file('in.jsonl'), '--html', path, ...flags),
    alternative: 'another --html',
  },
  generate: {
    name: 'train.jsonl',
    write: (_, path, ...flags) =>
      synthgen('generate', '--output-dir', join(path, '..'), ...few, ...flags),
    alternative: 'another output directory',
  },
  curriculum: {
    name: 'all/train.jsonl',
    write: ({ file }, path, ...flags) =>
      synthgen(
        ...['curriculum', file('in.jsonl'), '--stages', file('stages.json')],
        ...['--output-dir', join(path, '../..'), ...flags],
      ),
    alternative: 'another output directory',
  },
};

for (const [command, { name, write, alternative }] of Object.entries(writers)) {
  describe(`${command} to`, () => {
    /** The place of its file in a directory of its own. */
    function place(t) {
      const set = setUp(t);
      const path = join(set.directory, 'out', name);
      mkdirSync(join(path, '..'), { recursive: true });
      return { ...set, path };
    }
    const succeeds = (result) => assert.equal(result.status, 0, result.stderr);

    test('a link to a file: with --force, the file that it leads to is replaced', (t) => {
      const { path, ...set } = place(t);
      const target = set.file('disk/target');
      writeFileSync(target, 'old');
      symlinkSync(target, path);
      assertRefused(
        write(set, path, '--quiet'),
        usage,
        `${path}: exists already; give --force to replace it, or ${alternative}`,
      );
      assert.equal(readFileSync(target, 'utf8'), 'old');
      succeeds(write(set, path, '--quiet', '--force'));
      assert.equal(readlinkSync(path), target);
      assert.ok(lstatSync(target).isFile() && statSync(target).size > 3);
      assert.deepEqual(names(set.file('disk')), ['target']);
    });

    test('a link to nothing: the file appears where the link leads', (t) => {
      const { path, ...set } = place(t);
      const hop = set.file('disk/hop');
      symlinkSync('later', hop);
      symlinkSync(hop, path);
      succeeds(write(set, path, '--quiet'));
      assert.equal(readlinkSync(path), hop);
      assert.equal(readlinkSync(hop), 'later');
      assert.deepEqual(names(set.file('disk')), ['hop', 'later']);
      assert.ok(lstatSync(set.file('disk/later')).isFile());
    });

    test('a circle of links: refused', (t) => {
      const { path, ...set } = place(t);
      symlinkSync(path, set.file('disk/back'));
      symlinkSync(set.file('disk/back'), path);
      const result = write(set, path, '--quiet', '--force');
      assertRefused(result, exitStatus.io, /: cannot write: Too many levels of symbolic links$/);
    });

    test('a file: its mode stays, and its owner where the system allows it', (t) => {
      const { path, ...set } = place(t);
      writeFileSync(path, 'old');
      chmodSync(path, 0o640);
      if (isRoot) chownSync(path, 12345, 23456);
      succeeds(write(set, path, '--quiet', '--force'));
      const { mode, uid, gid, size } = statSync(path);
      assert.ok(size > 3);
      assert.equal(mode & 0o7777, 0o640);
      if (isRoot) assert.deepEqual([uid, gid], [12345, 23456]);
    });

    const isStream = command === 'convert' || command === 'analyze --html';
    const special = {
      'a named pipe': (path) => run('mkfifo', path),
      'a socket': (path) =>
        run(
          'python3',
          '-c',
          'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])',
          path,
        ),
      ...(isRoot && { 'a device': (path) => run('mknod', path, 'c', '1', '3') }),
      ...(isRoot && { 'a block device': (path) => run('mknod', path, 'b', '7', '200') }),
    };
    for (const [what, make] of Object.entries(special)) {
      if (isStream && (what === 'a named pipe' || what === 'a device')) continue;
      test(`${what}: refused, and it stays`, (t) => {
        const { path, ...set } = place(t);
        make(path);
        const { mode } = lstatSync(path);
        for (const flags of [[], ['--force']]) {
          assertRefused(
            write(set, path, '--quiet', ...flags),
            usage,
            `${path}: is ${what}, which no file can replace; give ${alternative}`,
          );
          assert.equal(lstatSync(path).mode, mode);
        }
      });
    }

    test('a device: the bytes go there, and it stays', { skip: !isStream || !isRoot }, (t) => {
      const { path, ...set } = place(t);
      run('mknod', path, 'c', '1', '3');
      succeeds(write(set, path, '--quiet'));
      assert.ok(lstatSync(path).isCharacterDevice());
      assert.deepEqual(names(join(path, '..')), [name]);
    });

    test('a named pipe: its reader gets the bytes', { skip: !isStream }, async (t) => {
      const { path, ...set } = place(t);
      run('mkfifo', path);
      const reader = spawn('cat', [path]);
      let text = '';
      reader.stdout.on('data', (data) => (text += data));
      const read = once(reader, 'close');
      succeeds(write(set, path, '--quiet'));
      await read;
      assert.ok(lstatSync(path).isFIFO());
      assert.deepEqual(names(join(path, '..')), [name]);
      if (command === 'convert') assert.equal(text, csv);
      else assert.match(text, /^<!doctype html>[^]*"num_sequences"/i);
    });
  });
}

describe('files of a run', () => {
  const path = (t) => join(scratch(t), 'out');
  const victim = 'precious '.repeat(30);

  /** Puts something in the place of a run's own file; `generate` must not touch it. */
  for (const [name, what] of [
    ['metadata.json.journal', 'and so not the journal of a run'],
    ['train.jsonl.partial', 'and so not what a stopped run left'],
  ]) {
    for (const [how, link] of [
      ['a link', symlinkSync],
      ['a second name', linkSync],
    ]) {
      test(`${name} that is ${how} of another file: refused, and that file stays`, (t) => {
        const directory = path(t);
        mkdirSync(directory);
        const other = join(directory, 'other');
        writeFileSync(other, victim);
        link(other, join(directory, name));
        const result = synthgen('generate', '--output-dir', directory, ...few, '--resume');
        if (name.endsWith('.journal')) {
          const message = `${join(directory, name)}: is a link or no regular file, ${what}; remove it`;
          assertRefused(result, usage, message);
        } else {
          // A partial file of no run in the journal is removed; the other name is not touched.
          assert.equal(result.status, 0, result.stderr);
        }
        assert.equal(readFileSync(other, 'utf8'), victim);
      });
    }
  }

  test('a journal that is a named pipe or a device: refused', (t) => {
    const directory = path(t);
    mkdirSync(directory);
    const journal = join(directory, 'metadata.json.journal');
    run('mkfifo', journal);
    const result = synthgen('generate', '--output-dir', directory, ...few, '--force');
    assertRefused(result, usage, /journal: is a link or no regular file/);
    assert.ok(lstatSync(journal).isFIFO());
  });
});

describe('convert --output -', () => {
  const formats = {
    jsonl: [[], (bytes) => bytes.toString(), lines],
    'jsonl with gzip': [['--compress', 'gzip'], (bytes) => gunzipSync(bytes).toString(), lines],
    csv: [['--format', 'csv'], (bytes) => bytes.toString(), csv],
    bin: [
      ['--format', 'bin'],
      (bytes) => [...new Uint16Array(Uint8Array.from(bytes).buffer)],
      [1, 2, 3, 4, 5, 6],
    ],
  };
  for (const [what, [flags, decode, expected]] of Object.entries(formats)) {
    for (const path of ['-', '/dev/stdout']) {
      test(`${what}, as ${path}: the file's bytes, and messages on stderr`, (t) => {
        const { directory, file } = setUp(t);
        const result = spawnSync(binary, ['convert', file('in.jsonl'), '--output', path, ...flags]);
        assert.equal(result.status, 0, result.stderr.toString());
        assert.deepEqual(decode(result.stdout), expected);
        assert.match(
          result.stderr.toString(),
          /synthgen convert: wrote 2 sequences, 6 tokens to standard output\n$/,
        );
        assert.deepEqual(names(directory), ['disk', 'in.jsonl', 'stages.json']);
        assert.equal(existsSync('-'), false);
      });
    }
  }

  test('bin: names the files that a stream has no room for', (t) => {
    const { file } = setUp(t);
    const result = spawnSync(binary, [
      ...['convert', file('in.jsonl'), '--output', '-', '--format', 'bin'],
    ]);
    assert.match(
      result.stderr.toString(),
      /left out what a stream has no room for: in_metadata\.json, meta\.pkl\n/,
    );
  });

  test('a format that needs a file is refused before a byte is written', (t) => {
    const { file } = setUp(t);
    run('mkfifo', file('pipe'));
    for (const format of ['npy', 'pt', 'safetensors', 'megatron']) {
      for (const [path, noun] of [
        ['-', 'standard output: is a stream'],
        [file('pipe'), `${file('pipe')}: is a named pipe`],
      ]) {
        assertRefused(
          synthgen('convert', file('in.jsonl'), '--format', format, '--output', path),
          usage,
          `${noun}, and ${format} needs a file; formats that need none: jsonl, bin, csv`,
        );
      }
    }
  });

  test('a file named - is ./-', (t) => {
    const { directory, file } = setUp(t);
    assert.equal(synthgen('convert', file('in.jsonl'), '--output', `${directory}/./-`).status, 0);
    assert.equal(readFileSync(file('-'), 'utf8'), lines);
  });

  test('the end of a reader and a full disk are errors', (t) => {
    const { file } = setUp(t);
    const full = shell('"$0" convert "$1" --output - --quiet > /dev/full', file('in.jsonl'));
    assertRefused(full, exitStatus.io, 'cannot write to standard output: No space left on device');
    const gone = shell(
      '{ "$0" convert "$1" --output - --quiet; echo "$?" >&2; } | true; :',
      file('in.jsonl'),
    );
    assert.ok(
      ['0\n', 'synthgen convert: cannot write to standard output: Broken pipe\n3\n'].includes(
        gone.stderr,
      ),
      gone.stderr,
    );
  });

  test('is no file for an HTML report', (t) => {
    const { file } = setUp(t);
    assertRefused(
      synthgen('analyze', file('in.jsonl'), '--html', '-'),
      usage,
      '--html: standard output has the tables or the JSON; give a file',
    );
  });
});

describe('a named pipe', () => {
  /** A file that is larger than what pipes hold. */
  function largeInput(file) {
    writeFileSync(file('large.jsonl'), lines.repeat(20000));
    return file('large.jsonl');
  }

  /** Whether a process has a handler of its own for a signal. */
  function catches(pid, signal) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const caught = BigInt(`0x${/^SigCgt:\s+(\w+)$/m.exec(status)[1]}`);
    return ((caught >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    test(`that nobody reads: ${signal} ends the wait`, async (t) => {
      const { file } = setUp(t);
      run('mkfifo', file('pipe'));
      const child = start('convert', file('in.jsonl'), '--output', file('pipe'), '--quiet');
      const ended = once(child, 'close');
      await until(() => catches(child.pid, signal), `${signal} is caught`);
      child.kill(signal);
      assert.deepEqual(await ended, [stopped, null]);
      assert.ok(lstatSync(file('pipe')).isFIFO());
    });
  }

  test('whose reader stops reading: a signal ends the wait', async (t) => {
    const { file } = setUp(t);
    run('mkfifo', file('pipe'));
    const reader = spawn('sh', ['-c', 'exec 3< "$0"; exec sleep 1000', file('pipe')]);
    t.after(() => reader.kill('SIGKILL'));
    const input = largeInput(file);
    const child = start('convert', input, '--output', file('pipe'), '--quiet');
    const ended = once(child, 'close');
    const waits = () =>
      /poll/.test(readFileSync(`/proc/${child.pid}/wchan`, 'utf8')) ||
      readFileSync(`/proc/${child.pid}/syscall`, 'utf8').startsWith('7 ');
    await until(waits, 'it waits for the reader');
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [stopped, null]);
  });

  test('gets all bytes, however many', async (t) => {
    const { file } = setUp(t);
    run('mkfifo', file('pipe'));
    const input = largeInput(file);
    const result = shell(
      'cat "$2" > "$3" & "$0" convert "$1" --output "$2" --quiet; wait; cmp "$1" "$3"',
      ...[input, file('pipe'), file('copy')],
    );
    assert.equal(result.status, 0, result.stderr);
    const piped = shell('"$0" convert "$1" --output - --quiet | cmp - "$1"', input);
    assert.equal(piped.status, 0, piped.stderr);
  });
});
