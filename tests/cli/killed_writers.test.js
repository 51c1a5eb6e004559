// Writers that are killed at any system call, or stopped by a signal, leave what the next run can
// use, and nothing else.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { noStrace, stoppedAfter, straced, systemCalls } from '../support/strace.js';
import { until } from '../support/until.js';
import {
  assertRefused,
  binary,
  exitStatus,
  isSanitized,
  names,
  sampled,
  scratch,
  synthgen,
} from './synthgen.js';

const few = ['--vocab-size', 50, '--seq-length', 16, '--num-train', 30, '--num-val', 0, '--quiet'];
const one = ['--threads', 1];

const contents = (directory) =>
  Object.fromEntries(names(directory).map((name) => [name, readFileSync(join(directory, name))]));

function succeeds(...args) {
  const result = synthgen(...args);
  assert.equal(result.status, 0, result.stderr);
}

/** A directory as `make` fills it, and a way back to that. */
function filled(t, make) {
  const root = scratch(t);
  const [directory, before] = ['data', 'before'].map((name) => join(root, name));
  mkdirSync(directory);
  make(directory);
  cpSync(directory, before, { recursive: true });
  const restore = () => {
    rmSync(directory, { recursive: true });
    cpSync(before, directory, { recursive: true });
  };
  return { directory, restore };
}

/** The calls of a run from the first that has `mark` in it. */
function callsFrom(mark, run) {
  const calls = systemCalls(...run);
  const first = calls.findIndex(({ line }) => line.includes(mark));
  assert.ok(first > 0, mark);
  return calls.slice(first);
}

const kill = ({ name, count }) => [`inject=${name}:signal=KILL:when=${count}`];

test(
  'a merge that is killed at any system call is completed by the next',
  { skip: noStrace },
  (t) => {
    const { directory, restore } = filled(t, (made) => {
      for (const shard of ['0/3', '1/3', '2/3']) {
        const flags = ['--shard', shard, '--analyze', ...one];
        succeeds('generate', '--output-dir', made, ...few, ...flags);
      }
    });
    const merge = ['merge', directory, '--quiet'];
    const calls = callsFrom('.partial-', merge);
    const merged = contents(directory);
    assert.deepEqual(Object.keys(merged).slice(0, 2), ['analysis.json', 'metadata.json']);
    let removing = 0;
    for (const call of sampled(calls)) {
      restore();
      assert.equal(straced(kill(call), ...merge).signal, 'SIGKILL', call.line);
      if (names(directory).includes('metadata.json')) {
        removing += 1;
        succeeds('verify', directory);
      }
      const missing = synthgen('merge', directory, '--missing');
      assert.deepEqual([missing.status, missing.stdout, missing.stderr], [0, '', ''], call.line);
      succeeds(...merge);
      assert.deepEqual(contents(directory), merged, call.line);
      succeeds(...merge);
      succeeds('verify', directory);
    }
    assert.ok(
      removing > (isSanitized ? 1 : 5),
      'some kills came while the partial manifests were removed',
    );
  },
);

test(
  'a run that replaces a dataset and is killed at any system call can be completed',
  {
    skip: noStrace,
  },
  (t) => {
    const lengths = ['--format', 'npy', '--length-variation', 0.5];
    const { directory, restore } = filled(t, (made) =>
      succeeds('generate', '--output-dir', made, ...few, ...lengths),
    );
    const generate = [
      'generate',
      '--output-dir',
      directory,
      ...few,
      ...lengths,
      '--seed',
      7,
      ...one,
    ];
    const old = contents(directory);
    const isChange = ({ name, line }) =>
      /^(openat|write|pwrite64|ftruncate|fsync|rename|unlink)$/.test(name) &&
      !line.includes(' = -1');
    // All that change something, and a sample of the others.
    const calls = callsFrom('metadata.json.journal', [...generate, '--force']).filter(
      (call, i) => isChange(call) || i % 10 === 0,
    );
    const fresh = contents(directory);
    const advice =
      /: the run that was stopped here had not written anything, and metadata\.json is not part of this dataset; give --resume --force to replace it, or another output directory$/;
    const found = { resumed: 0, advised: 0, 'not begun': 0 };
    for (const call of sampled(calls)) {
      restore();
      assert.equal(straced(kill(call), ...generate, '--force').signal, 'SIGKILL', call.line);
      const table = names(directory).includes('train.npy');
      const read = synthgen('convert', join(directory, 'train.npy'), '--output', '-', '--quiet');
      assert.equal(read.status === 0, table, `${call.line}\n${read.stderr}`);
      const hasJournal = names(directory).includes('metadata.json.journal');
      const resumed = synthgen(...generate, '--resume');
      if (resumed.status === 0) {
        found.resumed += 1;
      } else {
        // Nothing was written, so that the old dataset is whole; the message says what to do.
        const message = hasJournal
          ? advice
          : /metadata\.json: is not part of this dataset; give --f/;
        assertRefused(resumed, exitStatus.usage, message);
        found[hasJournal ? 'advised' : 'not begun'] += 1;
        for (const [name, bytes] of Object.entries(old)) {
          assert.ok(bytes.equals(readFileSync(join(directory, name))), name);
        }
        succeeds(...generate, '--resume', '--force');
      }
      assert.deepEqual(contents(directory), fresh, call.line);
    }
    const [fewestAdvised, fewestResumed] = isSanitized ? [1, 6] : [3, 11];
    assert.ok(found.advised >= fewestAdvised, JSON.stringify(found));
    assert.ok(found.resumed >= fewestResumed, JSON.stringify(found));
    t.diagnostic(JSON.stringify(found));
  },
);

test(
  'a run that was stopped with only some shards in place is reported until it is completed',
  { skip: noStrace },
  (t) => {
    const shards = [...few, '--num-shards', 2, ...one];
    const { directory, restore } = filled(t, (made) =>
      succeeds('generate', '--output-dir', made, ...shards),
    );
    const generate = ['generate', '--output-dir', directory, ...shards, '--seed', 7];
    const renames = systemCalls(...generate, '--force').filter(({ name }) => name === 'rename');
    const manifests = ['metadata-00000-of-00002.json', 'metadata-00001-of-00002.json'];
    let partly = 0;
    for (const call of renames) {
      restore();
      assert.equal(straced(kill(call), ...generate, '--force').signal, 'SIGKILL', call.line);
      const found = names(directory);
      const isWhole = found.includes('metadata.json') || manifests.every((m) => found.includes(m));
      partly += !isWhole && found.includes(manifests[0]) ? 1 : 0;
      const valid = synthgen('validate', directory);
      // Before the first file, there is nothing to read.
      const refused = found.includes('train-00000-of-00002.jsonl')
        ? exitStatus.faults
        : exitStatus.io;
      assert.equal(valid.status, isWhole ? 0 : refused, `${call.line}\n${valid.stdout}`);
      const analyzed = synthgen('analyze', directory);
      const warns = /journal: a run that puts its files in place here has not ended/;
      if (refused !== exitStatus.io) assert.equal(warns.test(analyzed.stderr), !isWhole, call.line);
      succeeds(...generate, '--resume');
      succeeds('verify', directory);
    }
    assert.ok(partly > 0, 'some kills came between two shards');
  },
);

describe('a stop signal at any system call leaves no temporary file', { skip: noStrace }, () => {
  const commands = {
    'analyze --html': (directory) => {
      writeFileSync(join(directory, 'in.jsonl'), '{"input_ids":[1,2,3]}\n'.repeat(50));
      const report = join(directory, 'report.html');
      return ['analyze', join(directory, 'in.jsonl'), '--html', report, '--quiet', ...one];
    },
    convert: (directory) => {
      writeFileSync(join(directory, 'in.jsonl'), '{"input_ids":[1,2,3]}\n{"input_ids":[1]}\n');
      return ['convert', join(directory, 'in.jsonl'), '--format', 'npy', '--quiet'];
    },
    curriculum: (directory) => {
      const stages = join(directory, 'stages.json');
      writeFileSync(join(directory, 'in.jsonl'), '{"input_ids":[1,2,3]}\n{"input_ids":[1]}\n');
      writeFileSync(stages, '{"a": {"min_complexity":0,"max_complexity":1,"max_length":9}}');
      const input = join(directory, 'in.jsonl');
      return ['curriculum', input, '--stages', stages, '--output-dir', directory, '--quiet'];
    },
    merge: (directory) => {
      for (const shard of ['0/2', '1/2']) {
        const flags = ['--shard', shard, '--analyze', ...one];
        succeeds('generate', '--output-dir', directory, ...few, ...flags);
      }
      return ['merge', directory, '--quiet'];
    },
  };
  const everyName = (directory) =>
    names(directory).flatMap((name) => [name, ...names(join(directory, name))]);
  for (const [command, make] of Object.entries(commands)) {
    test(command, (t) => {
      let run;
      const { directory, restore } = filled(t, (made) => (run = make(made)));
      const calls = callsFrom('.partial-', run);
      // All that change something, and a sample of the others.
      const changing = /^(openat|write|pwrite64|fsync|rename|unlink|close|fchmod)$/;
      const chosen = sampled(calls.filter(({ name }, i) => changing.test(name) || i % 5 === 0));
      for (const [i, { name, count, line }] of chosen.entries()) {
        restore();
        const signal = ['TERM', 'INT', 'HUP'][i % 3];
        const result = straced([`inject=${name}:signal=${signal}:when=${count}`], ...run);
        const ended = result.status ?? result.signal;
        assert.ok([0, exitStatus.stopped, `SIG${signal}`].includes(ended), `${line}: ${ended}`);
        const left = everyName(directory).filter((each) => each.includes('.partial'));
        assert.deepEqual(left, [], line);
      }
      t.diagnostic(`${chosen.length} signals`);
    });
  }
});

describe('two writers of one file', { skip: noStrace }, () => {
  /** The call before the one that gives a file its name: the last moment of its temporary one. */
  function beforeRenameOf(name, run) {
    const calls = systemCalls(...run);
    const rename = calls.findIndex(
      (call) => call.name === 'rename' && call.line.includes(`${name}")`),
    );
    assert.ok(rename > 0, name);
    return calls[rename - 1];
  }

  test('a shard held before it names meta.pkl is not disturbed by another shard', async (t) => {
    const { directory, restore } = filled(t, () => {});
    const shard = (index) => [
      ...['generate', '--output-dir', directory, '--shard', `${index}/2`],
      ...[...few, '--format', 'bin', ...one],
    ];
    const last = beforeRenameOf('/meta.pkl', shard(0));
    restore();
    const held = await stoppedAfter(t, last, ...shard(0));
    succeeds(...shard(1));
    const resumed = await held.resume();
    assert.equal(resumed.status, 0, resumed.stderr);
    succeeds('merge', directory, '--quiet');
    succeeds('verify', directory);
  });

  test('a merge held before it names metadata.json is not disturbed by another', async (t) => {
    const { directory, restore } = filled(t, (made) => {
      for (const shard of ['0/2', '1/2']) {
        succeeds('generate', '--output-dir', made, ...few, '--shard', shard);
      }
    });
    const merge = ['merge', directory, '--quiet'];
    const last = beforeRenameOf('/metadata.json', merge);
    restore();
    const held = await stoppedAfter(t, last, ...merge);
    succeeds(...merge);
    const resumed = await held.resume();
    assert.equal(resumed.status, 0, resumed.stderr);
    succeeds('verify', directory);
    assert.deepEqual(names(directory).slice(0, 1), ['metadata.json']);
  });

  for (const name of ['metadata-00001-of-00002.json', 'analysis-00000-of-00002']) {
    test(`a merge held before it opens ${name}, which another one has merged`, async (t) => {
      const { directory, restore } = filled(t, (made) => {
        for (const shard of ['0/2', '1/2']) {
          const flags = ['--shard', shard, '--analyze', ...one];
          succeeds('generate', '--output-dir', made, ...few, ...flags);
        }
      });
      const merge = ['merge', directory, '--quiet'];
      const calls = systemCalls(...merge);
      const merged = contents(directory);
      const isOpening = (call) => call.name === 'openat' && call.line.includes(name);
      const opening = calls.findLastIndex(isOpening);
      assert.ok(opening > 0);
      restore();
      const held = await stoppedAfter(t, calls[opening - 1], ...merge);
      succeeds(...merge);
      const resumed = await held.resume();
      assert.equal(resumed.status, 0, resumed.stderr);
      assert.deepEqual(contents(directory), merged);
    });
  }
});

test('a summary that nobody reads: a signal ends the wait', async (t) => {
  const { directory } = filled(t, (made) => {
    writeFileSync(join(made, 'in.jsonl'), '{"input_ids":[1,2,3]}\n{"input_ids":[1]}\n');
    const all = { min_complexity: 0, max_complexity: 1, max_length: 9 };
    writeFileSync(join(made, 'stages.json'), JSON.stringify({ a: all }));
  });
  const [input, stages, pid] = ['in.jsonl', 'stages.json', 'pid'].map((n) => join(directory, n));
  // The pipe is full before the program writes to it.
  const script = `exec 3>&1; { head -c 65536 /dev/zero; echo "$$" > "$1"; shift; exec "$@"; } | {
      exec 3>&-; sleep 1000; }`;
  const run = ['curriculum', input, '--stages', stages, '--output-dir', directory, '--quiet'];
  const words = ['-c', script.replace('$$', '$BASHPID'), 'bash', pid, binary, ...run];
  // A process group of its own, so that the reader ends with the test.
  const shell = spawn('bash', words, { detached: true, stdio: 'ignore' });
  t.after(() => process.kill(-shell.pid, 'SIGKILL'));
  const writes = () => {
    const number = existsSync(pid) ? readFileSync(pid, 'utf8').trim() : '';
    return number !== '' && readFileSync(`/proc/${number}/syscall`, 'utf8').startsWith('1 ');
  };
  await until(writes, 'it waits for the reader of its summary');
  const number = Number(readFileSync(pid, 'utf8'));
  process.kill(number, 'SIGTERM');
  const state = () => {
    const status = `/proc/${number}/stat`;
    return existsSync(status) ? readFileSync(status, 'utf8').split(') ')[1][0] : 'gone';
  };
  await until(() => ['Z', 'gone'].includes(state()), 'it ended');
});
