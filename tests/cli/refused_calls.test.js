// System calls that are interrupted, cut short or refused: a writer carries on, or says what was
// refused; it never succeeds without having done its work.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { noStrace, runWithFault, straced, systemCalls } from '../support/strace.js';
import {
  assertRefused,
  binary,
  exitStatus,
  isSanitized,
  names,
  scratch,
  synthgen,
} from './synthgen.js';

const few = ['--vocab-size', 50, '--seq-length', 16, '--num-train', 30, '--num-val', 5, '--quiet'];
const ragged = ['--length-variation', 0.5, '--threads', 1];

const contents = (directory) =>
  Object.fromEntries(
    names(directory)
      .filter((name) => !name.startsWith('stage-'))
      .map((name) => [name, readFileSync(join(directory, name))]),
  );

function succeeds(...args) {
  const result = synthgen(...args);
  assert.equal(result.status, 0, result.stderr);
}

/** Each writing command: what is there before, and the run that replaces it. */
const writers = {
  generate: (directory) => {
    const run = ['generate', '--output-dir', directory, ...few, ...ragged, '--format', 'npy'];
    succeeds(...run, '--seed', 1);
    return [...run, '--force'];
  },
  convert: (directory) => {
    const [old, fresh, output] = ['old.jsonl', 'new.jsonl', 'x.npy'].map((n) => join(directory, n));
    writeFileSync(old, '{"input_ids":[1,2],"labels":[1,2]}\n{"input_ids":[1],"labels":[3]}\n');
    writeFileSync(fresh, '{"input_ids":[1]}\n{"input_ids":[1,2]}\n');
    const run = (input) => ['convert', input, '--format', 'npy', '--output', output, '--quiet'];
    succeeds(...run(old));
    return [...run(fresh), '--force'];
  },
  curriculum: (directory) => {
    const [data, stages] = ['data.jsonl', 'stages.json'].map((name) => join(directory, name));
    writeFileSync(data, '{"input_ids":[1,2,3]}\n{"input_ids":[4,4]}\n');
    writeFileSync(stages, '{"stage-1": {"min_complexity":0,"max_complexity":1,"max_length":9}}');
    const run = ['curriculum', data, '--stages', stages, '--output-dir', directory, '--quiet'];
    succeeds(...run);
    return [...run, '--force'];
  },
  merge: (directory) => {
    for (const shard of ['0/2', '1/2']) {
      const flags = ['--shard', shard, '--analyze', '--threads', 1];
      succeeds('generate', '--output-dir', directory, ...few, ...flags);
    }
    return ['merge', directory, '--quiet'];
  },
  'analyze --html': (directory) => {
    const data = join(directory, 'data.jsonl');
    writeFileSync(data, '{"input_ids":[1,2,3]}\n{"input_ids":[4,4]}\n');
    const page = join(directory, 'report.html');
    return ['analyze', data, '--html', page, '--force', '--quiet', '--threads', 1];
  },
};

/** A prepared directory, its run, what the run makes of it, and a way back to the beginning. */
function prepared(t, command) {
  const directory = join(scratch(t), 'data');
  const before = join(scratch(t), 'before');
  cpSync(scratch(t), directory, { recursive: true });
  const run = writers[command](directory);
  cpSync(directory, before, { recursive: true });
  const calls = systemCalls(...run);
  const after = contents(directory);
  const restore = () => {
    rmSync(directory, { recursive: true });
    cpSync(before, directory, { recursive: true });
  };
  return { directory, run, calls, after, restore };
}

/** Whether a call writes to standard output or a file: UBSan writes to a pipe of its own. */
const isOutput = ({ line }) => /\((1<|\d+<\/)/.test(line);

for (const command of Object.keys(writers)) {
  describe(`${command}`, { skip: noStrace }, () => {
    test('whose sync is refused, of a file or a directory, fails', (t) => {
      const { run, calls, restore } = prepared(t, command);
      const syncs = calls.filter(({ name }) => name === 'fsync');
      assert.ok(syncs.length >= 2, 'at least a file and its directory are synced');
      for (const { count } of syncs) {
        restore();
        const result = straced([`inject=fsync:error=EIO:when=${count}`], ...run);
        assert.equal(result.status, exitStatus.io, `sync ${count}: ${result.stderr}`);
        assert.match(result.stderr, /: cannot sync( the directory)?: Input\/output error\n$/);
      }
    });

    test('whose sync is interrupted carries on', (t) => {
      const { directory, run, calls, after, restore } = prepared(t, command);
      for (const { count } of calls.filter(({ name }) => name === 'fsync')) {
        restore();
        const result = straced([`inject=fsync:error=EINTR:when=${count}`], ...run);
        assert.equal(result.status, 0, `sync ${count}: ${result.stderr}`);
        assert.deepEqual(contents(directory), after);
      }
    });

    test('that may not remove a file fails', (t) => {
      const { run, calls, restore } = prepared(t, command);
      // A removal that finds nothing would be refused for another reason.
      const removals = calls.filter(({ name, line }) => name === 'unlink' && / = 0$/.test(line));
      if (command !== 'analyze --html') assert.ok(removals.length > 0);
      for (const { count, line } of removals) {
        restore();
        const result = straced([`inject=unlink:error=EACCES:when=${count}`], ...run);
        assert.equal(result.status, exitStatus.io, `${line}: ${result.stderr}`);
        assert.match(result.stderr, /: cannot remove: Permission denied\n$/);
      }
    });

    test('whose writes are interrupted or take nothing carries on, or fails', (t) => {
      const { directory, run, calls, after, restore } = prepared(t, command);
      for (const name of ['write', 'pwrite64']) {
        const writes = calls.filter((call) => call.name === name && isOutput(call));
        for (const { count, line } of writes) {
          restore();
          const interrupted = straced([`inject=${name}:error=EINTR:when=${count}`], ...run);
          assert.equal(interrupted.status, 0, `${line}: ${interrupted.stderr}`);
          assert.deepEqual(contents(directory), after, line);
          restore();
          const nothing = straced([`inject=${name}:retval=0:when=${count}`], ...run);
          assert.equal(nothing.status, exitStatus.io, `${line}: ${nothing.stderr}`);
          assert.match(nothing.stderr, /cannot write.*: Input\/output error\n$/);
        }
      }
    });
  });
}

// UndefinedBehaviorSanitizer asks by writes whether memory is there.
const noWrites = isSanitized && 'SKIPPED: the sanitizer needs its own writes';

test('a message that stderr never takes is given up', { skip: noStrace || noWrites }, async () => {
  const first = { call: 'write', number: 1 };
  for (const [status, ...args] of [
    [exitStatus.usage, 'nonsense'],
    [exitStatus.usage, 'generate', '--seq-length', 'many'],
    [exitStatus.io, 'validate', '/nonexistent'],
    [exitStatus.io, '--help'],
  ]) {
    const ended = await runWithFault(first, 'retval=0', true, binary, args, { longestMs: 20_000 });
    assert.deepEqual([ended.isHung, ended.status, ended.stderr], [false, status, ''], args[0]);
  }
});

test("a journal's first write that is cut short is continued", { skip: noStrace }, (t) => {
  const directory = join(scratch(t), 'out');
  const run = ['generate', '--output-dir', directory, ...few];
  succeeds(...run);
  const reference = contents(directory);
  rmSync(directory, { recursive: true });
  const short = straced(['inject=pwrite64:retval=5:when=1'], ...run);
  assert.equal(short.status, 0, short.stderr);
  assert.deepEqual(contents(directory), reference);

  const full = straced(['inject=pwrite64:error=ENOSPC:when=1'], ...run, '--force');
  assertRefused(full, exitStatus.io, /journal: cannot write: No space left on device$/);
});
