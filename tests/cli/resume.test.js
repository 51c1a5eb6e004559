// Runs that are stopped in the middle, however, resume where they were and end in the same bytes.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { until } from '../support/until.js';
import {
  assertRefused,
  complaints,
  exitStatus,
  isSanitized,
  names,
  scratch,
  shell,
  start,
  synthgen,
} from './synthgen.js';

const { usage, stopped } = exitStatus;
const config = ['--generator', 'pattern', '--vocab-size', 500, '--seq-length', 128, '--quiet'];
const dataset = [...config, '--num-train', isSanitized ? 2000 : 12000, '--num-val', 500];

/** {name: bytes} of a directory. */
function contents(directory) {
  return Object.fromEntries(
    names(directory).map((name) => [name, readFileSync(join(directory, name))]),
  );
}

function assertSame(directory, reference) {
  assert.deepEqual(names(directory), Object.keys(reference));
  for (const [name, bytes] of Object.entries(reference)) {
    assert.ok(bytes.equals(readFileSync(join(directory, name))), name);
  }
}

/** Numbers in [0, 1), the same in each run. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs it to the end: the files that it makes, and the time that it takes. */
function makeReference(t, ...args) {
  const directory = join(scratch(t), 'reference');
  const started = performance.now();
  const result = synthgen('generate', '--output-dir', directory, ...args);
  assert.equal(result.status, 0, result.stderr);
  return { reference: contents(directory), elapsedMs: performance.now() - started };
}

/**
 * Starts a run and kills it after some time, if it has not ended before: whether it was killed, and
 * how long it ran.
 */
async function killAfter(milliseconds, directory, ...args) {
  const started = performance.now();
  const child = start('generate', '--output-dir', directory, '--resume', ...args);
  const ended = once(child, 'close');
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const [status, signal] = await ended;
  clearTimeout(timer);
  if (signal === null) assert.equal(status, 0);
  return { isKilled: signal === 'SIGKILL', elapsedMs: performance.now() - started };
}

/** What has its own name is complete at any time; a shard's manifest and analysis wait for a merge. */
function assertNothingHalfWritten(directory, reference) {
  for (const name of names(directory)) {
    if (/\.(partial(-\d+)?|journal)$|^(metadata|analysis)-\d/.test(name)) continue;
    assert.ok(reference[name]?.equals(readFileSync(join(directory, name))), name);
  }
}

/** Kills runs at `moments` random moments, finishing and starting over in between. */
async function killAtRandomMoments(t, moments, ...args) {
  const { reference, ...first } = makeReference(t, ...args);
  // The shortest of all: a machine that was busy at first would let most of the later runs end.
  let { elapsedMs } = first;
  const random = randomNumbers(7);
  const directory = join(scratch(t), 'out');
  let finished = 0;
  for (let kills = 0; kills < moments;) {
    const run = await killAfter(random() * elapsedMs, directory, ...args);
    if (run.isKilled) {
      kills += 1;
      assertNothingHalfWritten(directory, reference);
    } else {
      finished += 1;
      elapsedMs = Math.min(elapsedMs, run.elapsedMs);
      assertSame(directory, reference);
      rmSync(directory, { recursive: true });
    }
  }
  const last = synthgen('generate', '--output-dir', directory, '--resume', ...args);
  assert.equal(last.status, 0, last.stderr);
  assertSame(directory, reference);
  t.diagnostic(`${moments} kills, ${finished + 1} datasets finished`);
}

/**
 * A run that a signal ended after it had written some bytes, with what it said. Where a run ends by
 * itself before the signal arrives, another one is started.
 */
async function stoppedRun(t, signal, bytes) {
  const directory = join(scratch(t), 'out');
  const partial = join(directory, 'train.jsonl.partial');
  return until(async () => {
    rmSync(directory, { recursive: true, force: true });
    const child = start('generate', '--output-dir', directory, ...dataset, '--threads', 1);
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += data));
    const ended = once(child, 'close');
    const size = () => statSync(partial, { throwIfNoEntry: false })?.size ?? 0;
    while (size() < bytes && child.exitCode === null) await sleep(1);
    child.kill(signal);
    const [status] = await ended;
    if (status === 0) return false;
    return { directory, status, stderr };
  }, `a run was stopped by ${signal}`);
}

const manyMoments = Number(process.env.SYNTHGEN_KILLS ?? (isSanitized ? 10 : 50));

test(`a run that is killed at any of ${manyMoments} random moments ends in the same bytes`, async (t) => {
  await killAtRandomMoments(t, manyMoments, ...dataset, '--threads', 2);
});

test('so do shards with their analyses', async (t) => {
  const args = [...dataset, '--num-shards', 3, '--analyze'];
  await killAtRandomMoments(t, isSanitized ? 3 : 10, ...args);
});

describe('what a power cut leaves of the temporary file', () => {
  /** A run that was killed when it had written a good part. */
  async function killedRun(t) {
    const { directory } = await stoppedRun(t, 'SIGKILL', 1 << 19);
    const partial = join(directory, 'train.jsonl.partial');
    return { directory, partial, size: statSync(partial).size };
  }
  const spoil = {
    'its beginning': ({ partial, size }) => truncateSync(partial, Math.floor(size / 3)),
    'nothing of it': ({ partial }) => truncateSync(partial, 0),
    'zeros at its end': ({ partial, size }) => {
      truncateSync(partial, Math.floor(size / 2));
      truncateSync(partial, size + 5000);
    },
    'no such file': ({ partial }) => rmSync(partial),
    'half of the journal': ({ directory }) => {
      const journal = join(directory, 'metadata.json.journal');
      truncateSync(journal, Math.floor(statSync(journal).size / 2));
    },
    'an empty journal': ({ directory }) =>
      truncateSync(join(directory, 'metadata.json.journal'), 0),
  };
  for (const [what, damage] of Object.entries(spoil)) {
    test(`${what}: resumed to the same bytes`, async (t) => {
      const { reference } = makeReference(t, ...dataset);
      const run = await killedRun(t);
      damage(run);
      const result = synthgen('generate', '--output-dir', run.directory, '--resume', ...dataset);
      assert.equal(result.status, 0, result.stderr);
      assertSame(run.directory, reference);
    });
  }
});

test('a disk that fills up meanwhile: the run resumes with what was written', (t) => {
  const mounted = 'mount -t tmpfs -o size=8m tmpfs "$1"';
  const directory = scratch(t);
  const run = (commands) =>
    shell(`exec unshare --mount sh -c '${mounted} && { ${commands}; }' "$0" "$1"`, directory);
  if (run('true').status !== 0) return t.skip('SKIPPED: mounting a tmpfs needs root');
  const args = `${[...config, '--num-train', 12000, '--num-val', 0, '--threads', 1].join(' ')}`;
  const { reference } = makeReference(t, ...args.split(' '));
  // The program is held while another one takes the space, once it has written something.
  const result = run(
    `until "$0" generate --output-dir "$1/out" ${args} & run=$!;
       until [ -s "$1/out/train.jsonl.partial" ] || [ -e "$1/out/metadata.json" ]; do
         sleep 0.002; done;
       kill -STOP $run; [ ! -e "$1/out/metadata.json" ]
     do kill -CONT $run; wait $run; rm -r "$1/out"; done;
     head -c 7000000 /dev/zero > "$1/other" 2>/dev/null; kill -CONT $run; wait $run; echo "$?";
     ls "$1/out"; rm "$1/other";
     "$0" generate --output-dir "$1/out" --resume ${args}; echo "$?"; ls "$1/out";
     xxh128sum < "$1/out/train.jsonl"`,
  );
  const [first, ...rest] = result.stdout.split('\n');
  assert.equal(first, '3', result.stderr);
  assert.match(result.stderr, /train\.jsonl: cannot write: No space left on device/);
  assert.deepEqual(rest.slice(0, 5), [
    ...['metadata.json.journal', 'train.jsonl.partial'],
    ...['0', 'metadata.json', 'train.jsonl'],
  ]);
  const sum = JSON.parse(reference['metadata.json']).files[0].xxh128;
  assert.equal(rest[5].split(' ')[0], sum);
});

describe('--resume', () => {
  test('starts in an empty directory, and exits 0 where all is finished', (t) => {
    const directory = scratch(t);
    const generate = (...args) =>
      synthgen('generate', '--output-dir', directory, ...dataset.slice(0, -5), ...args);
    assert.equal(generate('--num-train', 20, '--resume').status, 0);
    const before = contents(directory);
    const again = generate('--num-train', 20, '--resume');
    assert.equal(again.status, 0);
    assert.equal(complaints(again).at(-1), `${directory}: all 5020 sequences already exist`);
    assertSame(directory, before);

    const other = generate('--num-train', 21, '--resume');
    assert.equal(other.status, usage);
    assert.match(other.stderr, /metadata\.json: is not part of this dataset; give --force/);
    assertSame(directory, before);
  });

  test('an interrupted run is reported, and not overwritten without --force', async (t) => {
    const { reference } = makeReference(t, ...dataset);
    const { directory, status, stderr } = await stoppedRun(t, 'SIGINT', 1);
    assert.equal(status, stopped);
    assert.equal(stderr, 'synthgen generate: stopped; give --resume to continue\n');
    assertRefused(
      synthgen('generate', '--output-dir', directory, ...dataset),
      usage,
      `${directory}: a run that writes the dataset was stopped here; give --resume to continue it, or ` +
        '--force to start again',
    );
    assertRefused(
      synthgen('generate', '--output-dir', directory, ...dataset, '--resume', '--seed', 9),
      usage,
      `${directory}: the run that was stopped here wrote another seed: 42; give --force to start ` +
        'again, or another output directory',
    );
    const resumed = synthgen('generate', '--output-dir', directory, ...dataset, '--resume');
    assert.equal(resumed.status, 0, resumed.stderr);
    assertSame(directory, reference);
  });
});

describe('two runs at once', () => {
  const huge = [...config, '--num-train', 1e6, '--num-val', 0];

  /** A run that is held while it writes a file, so that it has not ended before the other one. */
  async function writing(directory, name, ...args) {
    const child = start('generate', '--output-dir', directory, ...args);
    const ended = once(child, 'close');
    while (!names(directory).includes(name) && child.exitCode === null) await sleep(2);
    child.kill('SIGSTOP');
    return { child, ended };
  }

  test('on the same files: the second is refused, and the message names the first', async (t) => {
    const directory = join(scratch(t), 'out');
    const { child, ended } = await writing(directory, 'train.jsonl.partial', ...huge);
    try {
      for (const flags of [[], ['--resume'], ['--force']]) {
        assertRefused(
          synthgen('generate', '--output-dir', directory, ...dataset, ...flags),
          usage,
          `${join(directory, 'metadata.json.journal')}: process ${child.pid} on ${hostname()} is ` +
            'writing the dataset',
        );
      }
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
    // A killed process blocks nobody.
    const after = synthgen('generate', '--output-dir', directory, ...dataset, '--force');
    assert.equal(after.status, 0, after.stderr);
    assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl', 'val.jsonl']);
  });

  test('on the same shard: refused; on another one: normal', async (t) => {
    const directory = join(scratch(t), 'out');
    const partial = 'train-00001-of-00004.jsonl.partial';
    const { child, ended } = await writing(directory, partial, ...huge, '--shard', '1/4');
    try {
      const result = synthgen('generate', '--output-dir', directory, ...huge, '--shard', '1/4');
      assertRefused(result, usage, /process \d+ on .* is writing shard 1 of 4$/);
      const other = synthgen('generate', '--output-dir', directory, ...dataset, '--shard', '0/4');
      assert.equal(other.status, 0, other.stderr);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });
});
