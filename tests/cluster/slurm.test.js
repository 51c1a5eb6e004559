// The scripts of tools/cluster/slurm on a real Slurm: shards as an array whose tasks are killed, fail
// or lose their node end in the bytes and the report of one run on one machine.
//
// SYNTHGEN_CLUSTER=full also kills a node; it takes half a minute longer.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { patienceMs, until } from '../support/until.js';
import { SlurmCluster } from './slurm_cluster.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.SYNTHGEN_BIN ?? join(root, 'build/native/synthgen');
const submit = join(root, 'tools/cluster/slurm/submit');
const isFull = process.env.SYNTHGEN_CLUSTER === 'full';

/** Why there can be no cluster here; empty when there can. */
function obstacle() {
  if (process.getuid() !== 0) return 'slurmctld needs root here';
  spawnSync(join(root, 'tools/setup'), ['cluster'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const commands = [
    '/usr/sbin/munged',
    '/usr/sbin/slurmctld',
    '/usr/sbin/slurmd',
    '/usr/bin/sbatch',
  ];
  const missing = commands.filter((command) => !existsSync(command));
  return missing.length === 0 ? '' : `Slurm cannot be installed: no ${missing.join(', ')}`;
}

const why = obstacle();
const folder = mkdtempSync(join(tmpdir(), 'synthgen-cluster-'));
const cluster = why === '' ? new SlurmCluster(isFull ? 4 : 2) : null;

before(() => cluster?.start());
after(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/**
 * A stand-in for the program. On the first request for shard `held` it pauses the program in the
 * middle of writing and creates the file `held`; on the first request for shard `failing` it fails.
 */
function stageProgram(name, directory, { held, failing }) {
  const path = join(folder, name);
  const mark = (what) => join(folder, `${name}-${what}`);
  const partial = `${directory}/train-*${String(held).padStart(5, '0')}-of-*.partial`;
  const script = `#!/usr/bin/env bash
    if [[ "$*" == *"--shard ${failing}-${failing}/"* && ! -e ${mark('failed')} ]]; then
      touch ${mark('failed')}
      exit 1
    fi
    if [[ "$*" == *"--shard ${held}-${held}/"* && ! -e ${mark('held')} ]]; then
      until
        "${program}" "$@" &
        until compgen -G "${partial}" > /dev/null || ! kill -0 $! 2> /dev/null; do sleep 0.002; done
        kill -STOP $! 2> /dev/null && until grep -qs 'State:.T' "/proc/$!/status"; do
          kill -0 $! 2> /dev/null || break
        done && compgen -G "${partial}" > /dev/null
      do # The shard was whole before the program could be stopped: again.
        kill -CONT $! 2> /dev/null
        wait $!
        rm -f ${directory}/*-*${String(held).padStart(5, '0')}-of-*
      done
      touch ${mark('held')}
      wait $!
    fi
    exec "${program}" "$@"
  `;
  writeFileSync(path, script, { mode: 0o755 });
  return { path, isHeld: () => existsSync(mark('held')) };
}

function run(command, args, environment = process.env) {
  const result = spawnSync(command, args.map(String), {
    encoding: 'utf8',
    env: environment,
    timeout: patienceMs,
  });
  assert.equal(result.status, 0, `${command} ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

function submitShards(staged, directory, numShards, flags) {
  const options = ['--program', staged.path, '--num-shards', numShards, '--output-dir', directory];
  const text = run(submit, [...options, '--tries', 2, '--', ...flags], cluster.environment);
  return text.match(/^generate (\d+), merge \d+\n$/)[1];
}

function logs(directory) {
  const texts = readdirSync(join(directory, 'logs')).map(
    (name) => `${name}:\n${readFileSync(join(directory, 'logs', name), 'utf8')}`,
  );
  return texts.join('\n');
}

/** Everything in the directory but the logs is what one run of --num-shards writes. */
function assertAsOnOneMachine(directory, numShards, flags) {
  const alone = `${directory}-alone`;
  run(program, ['generate', '--output-dir', alone, '--num-shards', numShards, ...flags]);
  const names = readdirSync(alone).toSorted();
  assert.deepEqual(
    readdirSync(directory)
      .filter((name) => name !== 'logs')
      .toSorted(),
    names,
    logs(directory),
  );
  for (const name of names) {
    assert.ok(readFileSync(join(directory, name)).equals(readFileSync(join(alone, name))), name);
  }
  const whole = `${directory}-whole`;
  run(program, ['generate', '--output-dir', whole, ...flags]);
  const report = readFileSync(join(whole, 'analysis.json'), 'utf8');
  assert.equal(readFileSync(join(directory, 'analysis.json'), 'utf8'), report);
}

const flags = (sequences) => [
  ...['--generator', 'pattern', '--vocab-size', 300, '--seq-length', 256],
  ...['--num-train', sequences, '--num-val', 100, '--analyze', '--quiet'],
];

const skip = why === '' ? false : `SKIPPED: ${why}`;

test(
  'four shards, one task killed while it writes',
  { skip, timeout: 5 * patienceMs },
  async () => {
    const directory = join(folder, 'four');
    const staged = stageProgram('four-program', directory, { held: 2, failing: -1 });
    const job = submitShards(staged, directory, 4, flags(16_000));
    await until(staged.isHeld, 'shard 2 was being written');
    assert.ok(cluster.killTask(job, 2));
    await cluster.finished();
    assertAsOnOneMachine(directory, 4, flags(16_000));
    assert.match(logs(directory), /generating shards 2 again; tries left after this: 1/);
  },
);

if (isFull) {
  test(
    'sixteen shards: a node dies with its task, another task fails once',
    {
      skip,
      timeout: 8 * patienceMs,
    },
    async () => {
      const directory = join(folder, 'sixteen');
      const staged = stageProgram('sixteen-program', directory, { held: 5, failing: 9 });
      const job = submitShards(staged, directory, 16, flags(64_000));
      await until(staged.isHeld, 'shard 5 was being written');
      const { node } = cluster.queue().find((each) => each.job === job && each.task === '5');
      cluster.killNode(node);
      await cluster.finished();
      assertAsOnOneMachine(directory, 16, flags(64_000));
      assert.match(logs(directory), /generating shards 9 again/);
    },
  );
}
