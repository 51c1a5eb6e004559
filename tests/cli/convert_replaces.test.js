// `convert --force` replaces a file and its side files as a whole: whatever changes, and whenever it
// is killed.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { noStrace, stoppedAfter, straced, systemCalls } from '../support/strace.js';
import { until } from '../support/until.js';
import { assertRefused, exitStatus, names, sampled, scratch, start, synthgen } from './synthgen.js';

const text = (records) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** Records of these lengths with ids from `first` on, and labels if asked. */
const recordsOf = (lengths, first, labelled) =>
  lengths.map((length, row) => {
    const ids = Array.from({ length }, (_, i) => first + row + i);
    return labelled ? { input_ids: ids, labels: ids.map((id) => id + 1) } : { input_ids: ids };
  });

const cases = {
  'npy of ragged data': { flags: ['--format', 'npy'], output: 'x.npy' },
  'npy with labels': { flags: ['--format', 'npy', '--labels'], output: 'x.npy', labelled: true },
  'pt with labels': { flags: ['--format', 'pt', '--labels'], output: 'x.pt', labelled: true },
  megatron: { flags: ['--format', 'megatron'], output: 'x.bin' },
  'bin with a separator': { flags: ['--format', 'bin', '--separator', 900], output: 'x.bin' },
};

/** A directory with old.jsonl and new.jsonl, and a way to convert them to one output. */
function setUp(t, { flags, output, labelled }, lengths) {
  const directory = scratch(t);
  const file = (name) => join(directory, name);
  const old = text(recordsOf(lengths.old, 10, labelled));
  const fresh = text(recordsOf(lengths.new, 500, labelled));
  writeFileSync(file('old.jsonl'), old);
  writeFileSync(file('new.jsonl'), fresh);
  const args = (input) => ['convert', file(input), '--output', file(output), '--quiet', ...flags];
  const convert = (input, ...more) => {
    const done = synthgen(...args(input), ...more);
    assert.equal(done.status, 0, done.stderr);
  };
  /** What a reader finds: the text of its sequences, or nothing where it refuses. */
  const read = () => {
    const shown = synthgen('convert', file(output), '--output', '-', '--quiet');
    if (shown.status === 0) return shown.stdout;
    assert.notEqual(shown.status, null);
    assert.match(shown.stderr, new RegExp(output.replace('.', '\\.')));
    return '';
  };
  return { directory, file, old, fresh, args, convert, read };
}

describe('convert --force', () => {
  const lengths = [3, 5, 1];
  for (const [what, each] of Object.entries(cases)) {
    test(`${what}: keeps side files that do not change`, (t) => {
      const { directory, old, fresh, convert, read } = setUp(t, each, {
        old: lengths,
        new: lengths,
      });
      convert('old.jsonl');
      const files = names(directory);
      assert.equal(read(), old);
      for (let run = 0; run < 3; run += 1) {
        convert('old.jsonl', '--force');
        assert.deepEqual(names(directory), files);
        assert.equal(read(), old);
      }
      convert('new.jsonl', '--force'); // other ids, equal lengths
      assert.deepEqual(names(directory), files);
      assert.equal(read(), fresh);
    });
  }

  test('removes side files that the new file does not have', (t) => {
    const { directory, fresh, convert, read } = setUp(t, cases['npy of ragged data'], {
      old: [3, 5, 1],
      new: [4, 4],
    });
    convert('old.jsonl');
    convert('new.jsonl', '--force');
    assert.deepEqual(names(directory), ['new.jsonl', 'old.jsonl', 'x.npy']);
    assert.equal(read(), fresh);
  });
});

describe('convert --force that is killed at any system call', { skip: noStrace }, () => {
  // Longer, shorter, with side files and without: what stands must never be read with what does not
  // belong to it.
  const lengthsOf = {
    'other lengths': { old: [3, 5, 1], new: [4, 2, 5] },
    'equal lengths after different ones': { old: [3, 5, 1], new: [5, 5, 5] },
    'different lengths after equal ones': { old: [5, 5, 5], new: [3, 5, 1] },
  };
  // Every change for a table with all its side files; one for the others.
  const runs = [
    ...Object.keys(lengthsOf).map((change) => ['npy with labels', change]),
    ...['pt with labels', 'megatron', 'bin with a separator'].map((f) => [f, 'other lengths']),
  ];
  for (const [i, [what, change]] of runs.entries()) {
    test(`${what}, ${change}: readers find the old data, the new data, or a fault`, (t) => {
      const { directory, old, fresh, args, convert, read } = setUp(
        t,
        cases[what],
        lengthsOf[change],
      );
      convert('old.jsonl');
      const before = `${directory}.before`;
      cpSync(directory, before, { recursive: true });
      t.after(() => rmSync(before, { recursive: true }));

      const replacing = [...args('new.jsonl'), '--force'];
      const calls = systemCalls(...replacing);
      const after = names(directory);
      assert.equal(read(), fresh);
      // All calls from the first temporary file on; once that is shown, from the first change.
      const changes = ({ name }) => name === 'unlink' || name === 'rename';
      const writes = ({ line }) => line.includes('.partial-');
      const first = calls.findIndex(i === 0 ? writes : changes) - 1;
      assert.ok(first > 0);
      const found = { old: 0, new: 0, neither: 0 };
      for (const { name, count, line } of sampled(calls.slice(first))) {
        rmSync(directory, { recursive: true });
        cpSync(before, directory, { recursive: true });
        const killed = straced([`inject=${name}:signal=KILL:when=${count}`], ...replacing);
        assert.equal(killed.signal, 'SIGKILL', line);
        const now = read();
        if (now === old) found.old += 1;
        else if (now === fresh) found.new += 1;
        else found.neither += 1;
        assert.ok(now === old || now === fresh || now === '', `${line}\n${now}`);

        convert('new.jsonl', '--force');
        assert.deepEqual(names(directory), after, line);
        assert.equal(read(), fresh, line);
      }
      assert.ok(found.old > 0 && found.new > 0, 'some kills came before the change, some after');
      t.diagnostic(`of ${calls.length - first} calls: ${JSON.stringify(found)}`);
    });
  }
});

test(
  'a table that is replaced between its opening and that of its lengths is refused',
  {
    skip: noStrace,
  },
  async (t) => {
    const lengths = { old: [3, 5, 1], new: [4, 2, 5] };
    const { file, convert } = setUp(t, cases['npy of ragged data'], lengths);
    convert('old.jsonl');
    const reading = ['analyze', file('x.npy'), '--json', '--quiet'];
    const calls = systemCalls(...reading);
    const sideFile = calls.findIndex(({ line }) => /openat\(.*x_lengths\.npy/.test(line));
    const table = calls.slice(0, sideFile).findLast(({ line }) => /openat\(.*x\.npy/.test(line));
    const reader = await stoppedAfter(t, table, ...reading);
    convert('new.jsonl', '--force');
    assertRefused(
      await reader.resume(),
      exitStatus.io,
      `${file('x.npy')}: was replaced while it was read; read it again`,
    );
    assert.equal(synthgen(...reading).status, 0);
  },
);

test('two conversions to one file at once do not mix', { skip: noStrace }, async (t) => {
  const lengths = { old: [3, 5, 1], new: [4, 2, 5] };
  const { directory, file, args, convert, read, fresh } = setUp(
    t,
    cases['npy with labels'],
    lengths,
  );
  convert('new.jsonl');
  const first = [...args('old.jsonl'), '--force'];
  const calls = systemCalls(...first);
  const naming = calls.findIndex(
    ({ name, line }) => name === 'rename' && line.includes('/x.npy")'),
  );
  convert('new.jsonl', '--force');
  // Held when its side files have their names, but the table has not.
  const held = await stoppedAfter(t, calls[naming - 1], ...first);
  const second = start(...args('new.jsonl'), '--force');
  const ended = once(second, 'close');
  const waits = () =>
    second.exitCode !== null ||
    readFileSync(`/proc/${second.pid}/syscall`, 'utf8').startsWith('7 ');
  await until(waits, 'the second one waits for the first');
  assert.equal((await held.resume()).status, 0);
  assert.deepEqual(await ended, [0, null]);
  assert.equal(read(), fresh);
  assert.deepEqual(
    names(directory).filter((name) => name.includes('partial')),
    [],
  );
  assert.ok(names(directory).includes('x_lengths.npy'), file('x_lengths.npy'));
});
