// A Slurm cluster of this machine's own, for the tests: munged, slurmctld and several slurmd with
// their own keys, ports and folders, on loopback addresses only.

import { spawn, spawnSync } from 'node:child_process';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { patienceMs, until } from '../support/until.js';

const markName = 'SYNTHGEN_TEST_CLUSTER';

/** Ports that nobody listens on now. */
async function freePorts(count) {
  const servers = [];
  for (let i = 0; i < count; i += 1) {
    const server = createServer();
    await new Promise((done, broken) => {
      server.once('error', broken);
      server.listen(0, '127.0.0.1', done);
    });
    servers.push(server);
  }
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** The processes whose environment holds every one of `words`, as {process, parent}. */
function processesWith(words) {
  const found = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (!words.every((word) => environment.includes(word))) continue;
      const parent = readFileSync(`/proc/${name}/status`, 'utf8').match(/^PPid:\t(\d+)$/m)[1];
      found.push({ process: Number(name), parent: Number(parent) });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

function commandOf(process) {
  try {
    return readFileSync(`/proc/${process}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function kill(process, signal) {
  try {
    globalThis.process.kill(process, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

export class SlurmCluster {
  #folder = mkdtempSync(join(tmpdir(), 'synthgen-slurm-'));
  #daemons = new Map();
  #nodes;

  constructor(nodes) {
    this.#nodes = Array.from({ length: nodes }, (_, i) => `n${i + 1}`);
  }

  get nodes() {
    return this.#nodes;
  }

  /** Starts all daemons and waits until every node is idle. */
  async start() {
    for (const name of ['munge', 'state', 'spool', 'log']) {
      mkdirSync(join(this.#folder, name), { mode: 0o755 });
    }
    const key = join(this.#folder, 'munge', 'key');
    writeFileSync(key, Buffer.from(Array.from({ length: 128 }, (_, i) => (i * 37 + 11) % 256)), {
      mode: 0o400,
    });
    const [controller, ...ports] = await freePorts(this.#nodes.length + 1);
    writeFileSync(this.#file('slurm.conf'), this.#configuration(controller, ports));
    const munge = (name) => join(this.#folder, 'munge', name);
    this.#daemon('munged', '/usr/sbin/munged', [
      ...['--foreground', '--force', '--num-threads=2', `--key-file=${key}`],
      ...[`--socket=${munge('socket')}`, `--pid-file=${munge('pid')}`],
      ...[`--log-file=${munge('log')}`, `--seed-file=${munge('seed')}`],
    ]);
    await until(() => this.#succeeds('munge', '-n', '-S', munge('socket')), 'munged answered');
    this.#daemon('slurmctld', '/usr/sbin/slurmctld', ['-D', '-c']);
    await until(() => this.#succeeds('sinfo'), 'slurmctld answered');
    for (const node of this.#nodes) this.startNode(node);
    await until(() => this.#idleNodes() === this.#nodes.length, 'every node was idle');
  }

  startNode(node) {
    this.#daemon(node, '/usr/sbin/slurmd', ['-D', '-N', node]);
  }

  /** The environment in which Slurm's commands talk to this cluster. Tasks inherit it. */
  get environment() {
    return { ...this.#daemonEnvironment, [markName]: this.#folder };
  }

  get #daemonEnvironment() {
    return { ...process.env, SLURM_CONF: this.#file('slurm.conf') };
  }

  /** Runs one of Slurm's commands to its end: its standard output. */
  run(command, ...args) {
    const result = this.#spawn(command, args);
    if (result.status !== 0) throw new Error(`${command}: ${result.stderr || result.error}`);
    return result.stdout;
  }

  /** The jobs and array tasks that are not done: [{job, task, name, state, node}]. */
  queue() {
    const rows = this.run('squeue', '--array', '--noheader', '--format=%A|%F|%K|%j|%T|%N|%i');
    return rows
      .trim()
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => {
        const [id, job, task, name, state, node] = row.split('|');
        return { id, job, task, name, state, node };
      });
  }

  /** Waits until no job is left. */
  async finished() {
    await until(() => this.queue().length === 0, 'the queue was empty');
  }

  /** Kills what a node is running, as a power cut would: its daemon, its steps and their tasks. */
  killNode(node) {
    kill(this.#daemons.get(node).pid, 'SIGKILL');
    this.#killTasks(processesWith([`SLURMD_NODENAME=${node}`, this.#mark()]));
  }

  /** Kills one array task's program, whose job sees it end by a signal. False when it has ended. */
  killTask(job, task) {
    const words = [`SLURM_ARRAY_JOB_ID=${job}`, `SLURM_ARRAY_TASK_ID=${task}`, this.#mark()];
    const found = processesWith(words);
    for (const { process: each } of found) kill(each, 'SIGKILL');
    return found.length > 0;
  }

  /** Ends every job and every process that was started, and removes the folder. */
  async stop() {
    if (this.#daemons.has('slurmctld')) {
      this.#spawn('scancel', ['--user', String(process.getuid()), '--signal=KILL', '--full']);
      this.#spawn('scancel', ['--user', String(process.getuid())]);
    }
    this.#killTasks(processesWith([this.#mark()]));
    for (const name of [...this.#nodes, 'slurmctld', 'munged']) {
      const daemon = this.#daemons.get(name);
      if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) continue;
      const ended = new Promise((done) => daemon.once('close', done));
      daemon.kill('SIGTERM');
      const late = setTimeout(() => daemon.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The last lines of a daemon's log, for messages about a failure. */
  log(name) {
    const text = readFileSync(join(this.#folder, 'log', name), 'utf8');
    return text.split('\n').slice(-20).join('\n');
  }

  #file(name) {
    return join(this.#folder, name);
  }

  /** Environment variable of the tasks and commands of this cluster, which its daemons do not have. */
  #mark() {
    return `${markName}=${this.#folder}`;
  }

  #killTasks(tasks) {
    for (const { process: task, parent } of tasks) {
      if (task === process.pid) continue;
      if (commandOf(parent).startsWith('slurmstepd:')) kill(parent, 'SIGKILL');
      kill(task, 'SIGKILL');
    }
  }

  #spawn(command, args) {
    return spawnSync(command, args, {
      encoding: 'utf8',
      env: this.environment,
      timeout: patienceMs,
    });
  }

  #succeeds(command, ...args) {
    return this.#spawn(command, args).status === 0;
  }

  #idleNodes() {
    const states = this.run('sinfo', '--Node', '--noheader', '--format=%T').trim().split('\n');
    return states.filter((state) => state === 'idle').length;
  }

  #daemon(name, program, args) {
    const child = spawn(program, args, {
      env: this.#daemonEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(this.#folder, 'log', name), { flags: 'a' });
    log.on('error', () => {});
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on('error', (error) => log.write(`${error}\n`));
    this.#daemons.set(name, child);
  }

  #configuration(controller, ports) {
    const nodes = this.#nodes.map(
      (node, i) =>
        `NodeName=${node} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${ports[i]} ` +
        'CPUs=1 RealMemory=1000 State=UNKNOWN',
    );
    return [
      'ClusterName=synthgen',
      'SlurmctldHost=localhost(127.0.0.1)',
      `SlurmctldPort=${controller}`,
      `SlurmctldPidFile=${this.#file('slurmctld.pid')}`,
      `SlurmdPidFile=${this.#file('slurmd-%n.pid')}`,
      `SlurmdSpoolDir=${this.#file('spool/%n')}`,
      `StateSaveLocation=${this.#file('state')}`,
      'CommunicationParameters=NoInAddrAny,NoCtldInAddrAny',
      'SlurmUser=root',
      'AuthType=auth/munge',
      'CredType=cred/munge',
      `AuthInfo=socket=${this.#file('munge/socket')},cred_expire=5`,
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'JobAcctGatherType=jobacct_gather/none',
      'AccountingStorageType=accounting_storage/none',
      'JobCompType=jobcomp/filetxt',
      `JobCompLoc=${this.#file('completed')}`,
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_Core',
      'SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1',
      'ReturnToService=2',
      'MailProg=/bin/true',
      'SlurmdTimeout=5',
      'KillWait=2',
      'MinJobAge=10',
      'JobRequeue=1',
      'MpiDefault=none',
      'SwitchType=switch/none',
      'SlurmdParameters=config_overrides',
      ...nodes,
      'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
      '',
    ].join('\n');
  }
}
