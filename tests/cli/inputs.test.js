// Pipes and standard input: everything is opened once, and waiting for it can be interrupted.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { npy } from '../support/foreign/builders.js';
import { until } from '../support/until.js';
import {
  assertRefused,
  binary,
  exitStatus,
  isSanitized,
  names,
  records,
  runWith,
  scratch,
  shell,
  synthgen,
} from './synthgen.js';

const jsonl = '{"input_ids":[1,2,3]}\n{"input_ids":[4,5]}\n';
const sequences = [
  [1, 2, 3],
  [4, 5],
];

/** Runs a script of bash, where "$0" is the program and "$1" … are `args`. */
const bash = (script, ...args) =>
  shell('script="$1"; shift; exec bash -c "$script" "$0" "$@"', script, ...args);

describe('a config and what it names can come from a pipe', () => {
  const expected = synthgen('preview', '--vocab-size', 77, '--count', 2, '--json').stdout;

  test('--config /dev/stdin', () => {
    const result = runWith(
      { input: '{"vocab_size": 77}' },
      ...['preview', '--config', '/dev/stdin', '--count', 2, '--json'],
    );
    assert.equal(result.status, 0, result.stderr);
    assert.equal(result.stdout, expected);
  });

  test('--config <(…), also of generate, which takes the format from a manifest', (t) => {
    const output = join(scratch(t), 'out');
    const first = join(output, '..', 'first');
    const flags = ['--num-train', 5, '--num-val', 0, '--quiet'];
    const made = synthgen('generate', '--output-dir', first, '--format', 'npy', ...flags);
    assert.equal(made.status, 0, made.stderr);
    const again = bash(
      '"$0" generate --quiet --output-dir "$1" --config <(cat "$2")',
      output,
      join(first, 'metadata.json'),
    );
    assert.equal(again.status, 0, again.stderr);
    assert.deepEqual(names(output), names(first));
    assert.deepEqual(
      readFileSync(join(output, 'train.npy')),
      readFileSync(join(first, 'train.npy')),
    );
  });

  const values = {
    templates: '[[1, 2, 3]]',
    components: '[{"config": {"generator": "random"}}]',
    splits: '{"train": {"seq_length": 5}}',
  };
  for (const [key, value] of Object.entries(values)) {
    test(`--${key} <(…)`, () => {
      const given = (text) => ['preview', '--count', 1, '--json', `--${key}`, text];
      const direct = synthgen(...given(value));
      const piped = bash(`"$0" preview --count 1 --json --${key} <(printf %s "$1")`, value);
      assert.equal(direct.status, 0, direct.stderr);
      assert.deepEqual([piped.status, piped.stdout], [0, direct.stdout]);
    });
  }

  test('--stages <(…), and a curriculum of standard input', (t) => {
    const directory = scratch(t);
    const script = `printf '{"input_ids":[1,2,3]}\\n{"input_ids":[4,5]}\\n' | "$0" curriculum - --quiet \
      --output-dir "$1" --stages <(printf '{"all":{"min_complexity":0,"max_complexity":1,"max_length":9}}')`;
    const result = bash(script, directory);
    assert.equal(result.status, 0, result.stderr);
    const stage = readFileSync(join(directory, 'all', 'train.jsonl'), 'utf8');
    assert.deepEqual(
      records(stage)
        .map(({ input_ids }) => input_ids)
        .sort(),
      sequences,
    );
  });
});

describe('sequences can come from standard input and pipes', () => {
  const contents = {
    JSONL: jsonl,
    'gzip of JSONL': gzipSync(jsonl),
    CSV: 't0,t1,t2\n1,2,3\n4,5,\n',
    NPY: npy('i8', '(2, 2)', [1, 2, 3, 4]),
  };
  for (const [what, input] of Object.entries(contents)) {
    test(what, (t) => {
      const output = join(scratch(t), 'out.jsonl');
      const expected =
        what === 'NPY'
          ? [
              [1, 2],
              [3, 4],
            ]
          : sequences;
      const analyzed = runWith({ input }, 'analyze', '-', '--json', '--no-expected');
      assert.equal(analyzed.status, 0, analyzed.stderr);
      assert.equal(JSON.parse(analyzed.stdout).num_tokens, expected.flat().length);
      const validated = runWith({ input }, 'validate', '-');
      assert.equal(validated.status, 0, validated.stdout);
      assert.match(validated.stdout, /passed: 2 sequences in 1 file/);
      const converted = runWith({ input }, 'convert', '-', '--output', output, '--quiet');
      assert.equal(converted.status, 0, converted.stderr);
      const read = records(readFileSync(output, 'utf8'));
      assert.deepEqual(
        read.map(({ input_ids }) => input_ids),
        expected,
      );
    });
  }

  test('a named pipe is read by its name', (t) => {
    const directory = scratch(t);
    const result = bash(
      'cd "$1"; mkfifo a.csv; printf "1,2\\n3,4\\n" > a.csv & exec "$0" convert a.csv --output a.jsonl --quiet',
      directory,
    );
    assert.equal(result.status, 0, result.stderr);
    const text = readFileSync(join(directory, 'a.jsonl'), 'utf8');
    assert.equal(text, '{"input_ids":[1,2]}\n{"input_ids":[3,4]}\n');
  });

  test('a file as standard input is read like the file', (t) => {
    const path = join(scratch(t), 'a.jsonl');
    writeFileSync(path, jsonl);
    const result = shell('"$0" analyze - --json --no-expected < "$1"', path);
    assert.equal(JSON.parse(result.stdout).num_sequences, 2);
  });

  test('faults name it', () => {
    assertRefused(
      runWith({ input: '[1]\n[x]\n' }, 'analyze', '-', '--quiet'),
      exitStatus.faults,
      /^standard input:2: not JSON/,
    );
    assertRefused(
      runWith({ input: Buffer.from('PAR1aaaaaaaa') }, 'convert', '-', '--output', 'x'),
      exitStatus.faults,
      /^standard input: its content is Parquet, which is not read; /,
    );
  });

  test('it can be given once', () => {
    assertRefused(
      synthgen('analyze', '-', '-'),
      exitStatus.usage,
      'standard input: is given twice',
    );
  });
});

/** Starts the program and waits until it has caught SIGTERM. */
async function startedCatching(t, ...args) {
  const child = spawn(binary, args.map(String), { stdio: ['pipe', 'ignore', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += text));
  const ended = new Promise((resolve) => {
    child.on('exit', (status, signal) => resolve({ status, signal, stderr }));
  });
  const term = 1n << 14n;
  await until(() => {
    const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${child.pid}/status`));
    return (BigInt(`0x${caught[1]}`) & term) !== 0n;
  });
  return { child, ended };
}

describe('SIGTERM ends what waits for a pipe', () => {
  const waiting = {
    'generate --config': (pipe, output) => ['generate', '--config', pipe, '--output-dir', output],
    'generate --templates': (pipe, output) => [
      ...['generate', '--templates', pipe, '--output-dir', output],
    ],
    convert: (pipe, output) => ['convert', pipe, '--output', join(output, 'x.jsonl')],
    'convert of standard input': (_, output) => ['convert', '-', '--output', join(output, 'x')],
    curriculum: (pipe, output) => [
      ...['curriculum', pipe, '--stages', pipe, '--output-dir', output],
    ],
  };
  for (const [what, args] of Object.entries(waiting)) {
    test(what, async (t) => {
      const directory = scratch(t);
      const output = join(directory, 'out');
      mkdirSync(output);
      const pipe = join(directory, 'pipe');
      assert.equal(shell('mkfifo "$1"', pipe).status, 0);
      const { child, ended } = await startedCatching(t, ...args(pipe, output));
      child.kill('SIGTERM');
      const { status, signal, stderr } = await ended;
      assert.deepEqual([status, signal], [exitStatus.stopped, null], stderr);
      assert.match(stderr, /stopped while waiting for input/);
      assert.deepEqual(names(output), []);
    });
  }
});

test('a manifest that is a named pipe is refused at once', (t) => {
  const directory = scratch(t);
  const manifest = join(directory, 'metadata.json');
  writeFileSync(join(directory, 'train.jsonl'), jsonl);
  shell('mkfifo "$1"', manifest);
  const atOnce = (...args) => runWith({ timeout: 20_000 }, ...args);
  const generate = ['generate', '--output-dir', directory, '--num-train', 5, '--quiet'];
  for (const flags of [[], ['--force'], ['--resume'], ['--num-shards', 2, '--force']]) {
    const refused = `${manifest}: is a named pipe, which no file can replace; give another output directory`;
    assertRefused(atOnce(...generate, ...flags), exitStatus.usage, refused);
  }
  for (const command of ['validate', 'verify', 'merge', 'analyze']) {
    const refused = `${manifest}: cannot read: is no regular file; remove it`;
    assertRefused(atOnce(command, directory), exitStatus.io, refused);
  }
  assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl']);
});

describe('a line', () => {
  test('is at most as long as --max-line allows, in every command', (t) => {
    const directory = scratch(t);
    const path = join(directory, 'a.jsonl');
    writeFileSync(path, `[1]\n[${'1,'.repeat(600)}1]\n`);
    const stages = join(directory, 'stages.json');
    writeFileSync(stages, '{"all":{"min_complexity":0,"max_complexity":1,"max_length":9}}');
    const message = `${path}:2: a line of more than 1024 bytes; --max-line sets how long one may be`;
    const limit = ['--max-line', '1K', '--quiet'];
    assertRefused(synthgen('analyze', path, ...limit), exitStatus.faults, message);
    const output = join(directory, 'x.npy');
    const converted = synthgen('convert', path, '--output', output, '--format', 'npy', ...limit);
    assertRefused(converted, exitStatus.faults, message);
    assertRefused(
      synthgen('curriculum', path, '--stages', stages, '--output-dir', directory, ...limit),
      exitStatus.faults,
      message,
    );
    const validated = synthgen('validate', path, ...limit);
    assert.equal(validated.status, exitStatus.faults);
    assert.match(validated.stdout, /a line of more than 1024 bytes/);
    assert.equal(synthgen('validate', path, '--max-line', '2K', '--quiet').status, 0);
  });

  test('without an end is given up where the limit is, and takes no more memory', (t) => {
    if (isSanitized) return t.skip('the sanitizer takes memory of its own');
    for (const source of ['cat /dev/zero', 'gzip -c < /dev/zero']) {
      const result = shell(
        `${source} 2> /dev/null | (ulimit -v 400000; "$0" validate - --quiet --max-line 16M)`,
      );
      assert.equal(result.status, exitStatus.faults, result.stderr);
      assert.match(result.stdout, /a line of more than 16777216 bytes/);
    }
    return undefined;
  });
});

test('a config of a mebibyte takes 64 MiB and a second at most, whatever is in it', (t) => {
  if (isSanitized) return t.skip('the sanitizer takes memory of its own');
  const directory = scratch(t);
  const filled = (head, part, tail) =>
    head +
    Array(Math.floor((2 ** 20 - 100) / (part.length + 1)))
      .fill(part)
      .join() +
    tail;
  const texts = {
    'empty components': filled('{"components": [', '{}', ']}'),
    components: filled('{"components": [', '{"config":{}}', ']}'),
    'empty lists': filled('{"templates": [', '[]', ']}'),
    'templates of many tokens': filled('{"templates": [', '[{"repeat":16777216,"of":[1]}]', ']}'),
    'lists in a component': filled('{"components": [{"config": [', '[]', ']}]}'),
    'different condition tokens': `{"condition_tokens": [${Array.from({ length: 150000 }, (_, i) => 150000 - i)}]}`,
    'condition tokens': filled('{"condition_tokens": [', '7', ']}'),
    'many conditions': '{"num_conditions": 1073741823, "vocab_size": 2147483647}',
    'unknown keys': `{${Array.from({ length: 80000 }, (_, i) => `"k${i}":1`).join()}}`,
  };
  for (const [what, text] of Object.entries(texts)) {
    const config = join(directory, 'config.json');
    writeFileSync(config, text);
    // The seed is wrong, so that it ends when everything is checked.
    const script = `ulimit -v ${64 * 1024} -t 3; exec "$0" preview --seed -1 --config "$1"`;
    const result = bash(script, config);
    assert.equal(result.status, exitStatus.usage, `${what}: ${result.stderr.slice(0, 300)}`);
    assert.match(result.stderr, /--seed: got -1/, what);
  }
  return undefined;
});

test('large tables are announced before they are made, and SIGTERM ends the making at once', async (t) => {
  if (isSanitized) return t.skip('the sanitizer takes memory of its own');
  const component = { config: { generator: 'random', vocab_distribution: 'zipf' } };
  const config = {
    ...{ generator: 'mixture', vocab_size: 2 ** 24, vocab_distribution: 'zipf' },
    components: Array(500).fill(component),
  };
  const directory = scratch(t);
  const path = join(directory, 'config.json');
  writeFileSync(path, JSON.stringify(config));
  const output = join(directory, 'out');
  for (const [command, ...args] of [['generate', '--output-dir', output], ['preview']]) {
    // Making all of them takes minutes and more memory than this.
    const script = `ulimit -v ${4 * 2 ** 20}; exec "$0" "$@"`;
    const words = [binary, command, '--config', path, ...args];
    const child = spawn('bash', ['-c', script, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    t.after(() => child.kill('SIGKILL'));
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    const ended = once(child, 'exit');
    await until(() => stderr.includes('GiB of memory') || child.exitCode !== null);
    child.kill('SIGTERM');
    const [status, signal] = await ended;
    assert.match(stderr, /the tables of this config take about \d+ GiB of memory/);
    if (command === 'generate') {
      assert.deepEqual([status, signal], [exitStatus.stopped, null], stderr);
      assert.match(stderr, /stopped\n$/);
    } else {
      assert.deepEqual([status, signal], [null, 'SIGTERM'], stderr);
    }
    assert.deepEqual(names(output), []);
  }
  return undefined;
});
