// Stops a command at every call that concerns its files, and lets every such call fail.

import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { run } from '../support/run.js';
import { callsOf, runWithFault } from '../support/strace.js';
import { contentsOf, areSame, described, digestOf } from './contents.js';
import { faultsOfEnd, faultsOfReaders, wrongFiles } from './outcome.js';
import { shortWrites } from './short_writes.js';

const longestRunMs = 30_000;

const writes = ['write', 'pwrite64', 'writev'];
const makes = ['mkdir', 'ftruncate', 'fallocate', 'fsync', 'fdatasync'];
const moves = ['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'link', 'linkat'];
const isCreating = ({ call, text }) => call === 'openat' && text.includes('O_CREAT');
const oneOf = (calls) => (point) => calls.includes(point.call);

/** Which fault is tried at which calls, once or from there on. */
const faults = [
  { fault: 'signal=KILL', at: () => true, lasting: [false] },
  { fault: 'error=ENOSPC', at: (call) => oneOf([...writes, ...makes])(call) || isCreating(call) },
  { fault: 'error=EDQUOT', at: (call) => oneOf(writes)(call) || isCreating(call), lasting: [true] },
  {
    fault: 'error=EIO',
    at: oneOf([...writes, ...makes, ...moves, 'read', 'pread64', 'close', 'openat']),
  },
  {
    fault: 'error=EINTR',
    at: oneOf([...writes, 'read', 'pread64', 'openat', 'fsync', 'ftruncate', 'flock', 'close']),
    lasting: [false],
  },
  { fault: 'retval=0', at: oneOf(writes) },
  { fault: 'short', at: oneOf(writes), mustSucceed: true },
];

/** A row of the table of commands, made ready in a directory of its own. */
export class Sweep {
  #row;
  #program;
  #directory;
  #judged = new Map();
  #finished = new Map();
  #count = 0;

  constructor(row, program, directory) {
    this.#row = row;
    this.#program = program;
    this.#directory = directory;
  }

  /** Makes the inputs, the old files and the reference: why that cannot be, or nothing. */
  async prepare() {
    const template = join(this.#directory, 'template');
    mkdirSync(template, { recursive: true });
    for (const command of [...this.#row.inputs, ...this.#row.old]) {
      const { status, stderr } = await this.#execute(command, template);
      if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
    }
    if (this.#row.needs) {
      const { status, stderr } = await this.#execute(this.#row.needs, this.#place());
      if (status !== 0) return stderr.trim();
    }
    this.old = contentsOf(join(template, 'out'));
    const place = this.#place();
    const { result, calls } = await callsOf(this.#program, this.#row.run, place);
    if (result.status !== 0) throw new Error(result.stderr);
    this.reference = contentsOf(join(place, 'out'));
    this.calls = calls.filter(({ failed }) => !failed);
    return undefined;
  }

  /** Every point at which a fault is tried: [{call, number, fault, lasting, mustSucceed}]. */
  points() {
    return faults.flatMap(({ fault, at, lasting = [false, true], mustSucceed = false }) =>
      this.calls.filter(at).flatMap((call) =>
        lasting.map((lasts) => ({
          ...call,
          ...{ fault, lasting: lasts },
          mustSucceed: mustSucceed || (fault === 'error=EINTR' && oneOf([...writes, 'read'])(call)),
        })),
      ),
    );
  }

  /** Tries one point: faults as texts that begin with the point; none if all is as it must be. */
  async try(point) {
    const place = this.#place();
    const ended = await this.#runAt(point, place);
    const contents = contentsOf(join(place, 'out'));
    const found = [
      ...faultsOfEnd(this.#row, point, ended, contents, this),
      ...(await this.#judge(contents, place)),
      ...(await this.#finish(contents, place)),
    ];
    rmSync(place, { recursive: true });
    const { call, number, path, fault, lasting } = point;
    const where = `${fault}${lasting ? ' from' : ' at'} ${call} ${number} (${path.split('/out').at(-1)})`;
    return found.map((text) => `${this.#row.name}: ${where}: ${text}`);
  }

  #runAt(point, cwd) {
    const options = { cwd, longestMs: longestRunMs };
    if (point.fault === 'short') {
      return run(this.#program, this.#row.run, { ...options, env: shortWrites(point) });
    }
    const { fault, lasting } = point;
    return runWithFault(point, fault, lasting, this.#program, this.#row.run, options);
  }

  /** Faults of what stands in the directory; the same contents are judged once. */
  #judge(contents, place) {
    return once(this.#judged, digestOf(contents), async () => [
      ...wrongFiles(contents, this),
      ...(await faultsOfReaders(this.#row, contents, this, async (command, path) => {
        const args = [command, join('out', path), '--quiet'];
        return (await run(this.#program, args, { cwd: place })).status === 0;
      })),
    ]);
  }

  /** Faults of the commands that finish what stands in the directory. */
  #finish(contents, place) {
    return once(this.#finished, digestOf(contents), async () => {
      const refusals = [];
      for (const command of this.#row.finish) {
        const { status, signal, stderr } = await this.#execute(command, place);
        if (status === 0) {
          const made = contentsOf(join(place, 'out'));
          if (areSame(made, this.reference)) return [];
          return [`${command.join(' ')} ended in ${described(made, this)}`];
        }
        refusals.push(`${command[0]} ${command.at(-1)}: ${status ?? signal}: ${stderr.trim()}`);
        if (status !== 2) break;
      }
      return [`from ${described(contents, this)} it cannot be finished: ${refusals.join('; ')}`];
    });
  }

  async #execute([name, ...args], cwd) {
    if (name === 'mkdir') {
      mkdirSync(join(cwd, args[0]));
      return { status: 0 };
    }
    if (name === 'write') {
      writeFileSync(join(cwd, args[0]), args[1]);
      return { status: 0 };
    }
    return run(this.#program, [name, ...args], { cwd, longestMs: longestRunMs });
  }

  #place() {
    const place = join(this.#directory, String(this.#count++));
    cpSync(join(this.#directory, 'template'), place, { recursive: true });
    return place;
  }
}

/** The value of a key, computed once even while it is being computed. */
function once(values, key, compute) {
  if (!values.has(key)) values.set(key, compute());
  return values.get(key);
}
