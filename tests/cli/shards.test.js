import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import {
  assertRefused,
  complaints,
  exitStatus,
  names,
  scratch,
  start,
  synthgen,
} from './synthgen.js';

const { faults, usage } = exitStatus;
const config = ['--generator', 'pattern', '--vocab-size', 80, '--seq-length', 24];
const small = [...config, '--num-train', 400, '--num-val', 6, '--quiet'];

function generate(directory, ...args) {
  const result = synthgen('generate', '--output-dir', directory, ...small, ...args);
  assert.equal(result.status, 0, result.stderr);
  return result;
}

function read(directory, file) {
  return readFileSync(join(directory, file), 'utf8');
}

function joined(directory, split) {
  const files = names(directory).filter((name) => name.startsWith(`${split}-`));
  return files.map((file) => read(directory, file)).join('');
}

test('shards are contiguous and join to the unsharded files', (t) => {
  const folder = scratch(t);
  generate(join(folder, 'whole'));
  for (const count of [1, 3, 16]) {
    const directory = join(folder, `in-${count}`);
    generate(directory, '--num-shards', count);
    assert.equal(joined(directory, 'train'), read(join(folder, 'whole'), 'train.jsonl'));
    assert.equal(joined(directory, 'val'), read(join(folder, 'whole'), 'val.jsonl'));
    const last = String(count - 1).padStart(5, '0');
    const of = String(count).padStart(5, '0');
    assert.ok(names(directory).includes(`train-${last}-of-${of}.jsonl`));
    const manifest = JSON.parse(read(directory, 'metadata.json'));
    assert.equal(manifest.num_shards, count);
    let next = 0;
    for (const file of manifest.files.filter(({ split }) => split === 'train')) {
      assert.equal(file.first_sequence, next);
      next += file.sequences;
    }
    assert.equal(next, 400);
  }
});

test('shards written one by one, at once and in any order merge to what --num-shards writes', async (t) => {
  const folder = scratch(t);
  const flags = ['--analyze'];
  generate(join(folder, 'all'), '--num-shards', 5, ...flags);
  const parts = join(folder, 'parts');
  const runs = ['4/5', '1-2/5', '0/5', '3/5'].map((shard) =>
    start('generate', '--output-dir', parts, ...small, '--shard', shard, ...flags),
  );
  for (const [status] of await Promise.all(runs.map((run) => once(run, 'close')))) {
    assert.equal(status, 0);
  }
  assert.equal(
    names(parts).filter((name) => /^metadata-\d{5}-of-00005\.json$/.test(name)).length,
    5,
  );
  const merged = synthgen('merge', parts);
  assert.equal(merged.status, 0, merged.stderr);
  assert.match(merged.stderr, /merged 5 shards: 406 sequences, 9744 tokens, analysis\.json/);
  assert.deepEqual(names(parts), names(join(folder, 'all')));
  for (const file of names(parts)) {
    assert.equal(read(parts, file), read(join(folder, 'all'), file), file);
  }
});

test('the report of the shards is that of the unsharded dataset, and that of analyze', (t) => {
  const folder = scratch(t);
  generate(join(folder, 'whole'), '--analyze');
  generate(join(folder, 'parts'), '--num-shards', 7, '--analyze');
  const report = read(join(folder, 'whole'), 'analysis.json');
  assert.equal(read(join(folder, 'parts'), 'analysis.json'), report);
  const [whole, parts] = ['whole', 'parts'].map((directory) => {
    const analyzed = synthgen('analyze', join(folder, directory), '--json', '--quiet');
    assert.equal(analyzed.status, 0, analyzed.stderr);
    return JSON.parse(analyzed.stdout);
  });
  assert.deepEqual(parts, whole);
  // The command adds what the splits share, the expected values and the advice.
  const { overlap, expected, advice, ...measured } = whole;
  assert.deepEqual(Object.keys(overlap), ['train/val']);
  assert.ok(Object.keys(expected).length > 0);
  assert.deepEqual(advice, []);
  assert.deepEqual(measured, JSON.parse(report));
});

describe('commands that read a directory take shards, merged or not', () => {
  for (const [state, merge] of [
    ['merged', true],
    ['not merged', false],
  ]) {
    test(state, (t) => {
      const directory = scratch(t);
      generate(directory, '--shard', '0-2/3');
      if (merge) assert.equal(synthgen('merge', directory).status, 0);
      const validated = synthgen('validate', directory, '--vocab-size', 80);
      assert.equal(validated.stdout, 'Data validation passed: 406 sequences in 6 files\n');
      const analyzed = JSON.parse(synthgen('analyze', directory, '--json', '--quiet').stdout);
      assert.equal(analyzed.num_sequences, 406);
      const verified = synthgen('verify', directory, '--full');
      assert.equal(
        verified.stdout,
        'Verification passed: 406 sequences in 6 files, 406 of them regenerated\n',
      );
    });
  }
});

describe('merge', () => {
  test('names what is missing; --missing prints it alone', (t) => {
    const directory = scratch(t);
    generate(directory, '--shard', '0-1/6');
    generate(directory, '--shard', '3-4/6');
    const refused = synthgen('merge', directory);
    assertRefused(refused, faults, `${directory}: 2 of 6 shards are missing: 2,5`);
    const missing = synthgen('merge', directory, '--missing');
    assert.equal(missing.status, faults);
    assert.equal(missing.stdout, '2,5\n');
    assert.equal(missing.stderr, '');
    generate(directory, '--shard', '2/6');
    generate(directory, '--shard', '5/6');
    const complete = synthgen('merge', directory, '--missing');
    assert.deepEqual([complete.status, complete.stdout], [0, '']);
    assert.equal(synthgen('merge', directory).status, 0);
  });

  test('tasks that were numbered from 1 are recognised', (t) => {
    const directory = scratch(t);
    generate(directory, '--shard', '1/2');
    const hint = /of tasks that are numbered from 1, give the number less 1$/;
    const last = synthgen('generate', '--output-dir', directory, '--shard', '2/2');
    assertRefused(last, usage, hint);
    const other = synthgen('generate', '--output-dir', directory, '--shard', '3/2');
    assert.doesNotMatch(other.stderr, hint);
    assertRefused(
      synthgen('merge', directory),
      faults,
      /1 of 2 shards are missing: 0 \(shards are counted from 0; were the tasks numbered from 1\?\)$/,
    );
  });

  test('an empty directory misses all of --num-shards', (t) => {
    const directory = scratch(t);
    const missing = synthgen('merge', directory, '--num-shards', 3, '--missing');
    assert.deepEqual([missing.status, missing.stdout], [faults, '0,1,2\n']);
    assertRefused(synthgen('merge', directory), usage, /there is no shard in this directory/);
  });

  test('a damaged shard of a merged dataset is resumed, and the report stays', (t) => {
    const directory = scratch(t);
    generate(directory, '--num-shards', 3, '--analyze');
    const before = Object.fromEntries(
      names(directory).map((name) => [name, read(directory, name)]),
    );
    writeFileSync(join(directory, 'train-00001-of-00003.jsonl'), '[1]\n');
    generate(directory, '--num-shards', 3, '--analyze', '--resume');
    assert.deepEqual(names(directory), Object.keys(before));
    for (const name of names(directory)) assert.equal(read(directory, name), before[name], name);
    // A merge that was killed when it had removed a shard's state, and not its manifest.
    const late = 'metadata-00001-of-00003.json';
    const parts = scratch(t);
    generate(parts, '--shard', '0-2/3', '--analyze');
    writeFileSync(join(directory, late), read(parts, late));
    generate(directory, '--num-shards', 3, '--analyze', '--resume');
    assert.deepEqual(names(directory), Object.keys(before));
    for (const name of names(directory)) assert.equal(read(directory, name), before[name], name);
  });

  test('a damaged shard is named and can be resumed', (t) => {
    const directory = scratch(t);
    generate(directory, '--shard', '0-2/3');
    const file = join(directory, 'train-00001-of-00003.jsonl');
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[77] ^= 1;
    writeFileSync(file, changed);
    const refused = synthgen('merge', directory);
    assertRefused(
      refused,
      faults,
      /train-00001-of-00003\.jsonl: has the checksum [0-9a-f]{32}; the manifest says [0-9a-f]{32}$/,
      `${directory}: 1 of 3 shards are missing: 1`,
    );
    generate(directory, '--shard', '0-2/3', '--resume');
    assert.ok(readFileSync(file).equals(bytes));
    assert.equal(synthgen('merge', directory).status, 0);
  });

  test('shards of other configs, other numbers and doubled ones are refused', (t) => {
    const directory = scratch(t);
    generate(directory, '--shard', '0/2');
    generate(directory, '--shard', '1/2', '--seed', 5);
    assertRefused(
      synthgen('merge', directory),
      usage,
      /are of different datasets: seed \d+ and 5$/,
    );
    generate(directory, '--shard', '1/2', '--format', 'npy', '--force');
    assertRefused(
      synthgen('merge', directory),
      usage,
      /are of different datasets: format "jsonl" and "npy"$/,
    );
    const second = join(directory, 'metadata-00001-of-00002.json');
    copyFileSync(join(directory, 'metadata-00000-of-00002.json'), second);
    assertRefused(
      synthgen('merge', directory),
      usage,
      `${second}: is the manifest of shard 0 of 2, which has another one too`,
    );
    rmSync(second);
    generate(directory, '--shard', '1/3');
    assertRefused(synthgen('merge', directory), usage, /is one of 3 shards, not of 2$/);
  });

  test('wrong usage is reported', (t) => {
    const directory = scratch(t);
    assertRefused(synthgen('merge'), usage, 'DIR: is missing; give at least one');
    assertRefused(synthgen('merge', directory, directory), usage, 'DIR: one directory at a time');
  });
});

describe('--shard', () => {
  test('a finished shard is left alone with --resume and refused without', (t) => {
    const directory = scratch(t);
    generate(directory, '--shard', '1/4');
    const again = synthgen('generate', '--output-dir', directory, ...small, '--shard', '1/4');
    assertRefused(again, usage, /metadata-00001-of-00004\.json: exists already; give --force/);
    const resumed = synthgen(
      ...['generate', '--output-dir', directory, ...small.slice(0, -1)],
      ...['--shard', '1/4', '--resume'],
    );
    assert.equal(resumed.status, 0);
    assert.equal(complaints(resumed).at(-1), `${directory}: all 102 sequences already exist`);
  });

  test('works where the merge is done already', (t) => {
    const directory = scratch(t);
    generate(directory, '--num-shards', 4);
    const before = read(directory, 'metadata.json');
    generate(directory, '--shard', '1/4', '--resume');
    generate(directory, '--num-shards', 4, '--resume');
    assert.equal(read(directory, 'metadata.json'), before);
    const unsharded = synthgen('generate', '--output-dir', directory, ...small);
    assertRefused(unsharded, usage, /metadata\.json: exists already/);
    generate(directory, '--force');
    assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl', 'val.jsonl']);
  });

  test('what is no shard is refused with what is allowed', (t) => {
    const directory = join(scratch(t), 'out');
    for (const shard of ['4/4', '3', '2-1/4', 'x']) {
      const result = synthgen('generate', '--output-dir', directory, ...small, '--shard', shard);
      assertRefused(
        result,
        usage,
        /^--shard: got ".*"; allowed: I\/N or I-J\/N, shards I to J of N/,
      );
    }
    const both = ['--shard', '1/4', '--num-shards', 5];
    assertRefused(
      synthgen('generate', '--output-dir', directory, ...small, ...both),
      usage,
      '--num-shards: got 5; allowed: 4, as --shard says',
    );
    assert.deepEqual(names(directory), []);
  });
});

test('shards that are not merged are measured and checked with what their manifests say', (t) => {
  const folder = scratch(t);
  const [whole, parts] = ['whole', 'parts'].map((name) => join(folder, name));
  const lengths = ['--length-variation', 0.5];
  generate(whole, ...lengths);
  for (const shard of ['2/3', '0-1/3']) generate(parts, ...lengths, '--shard', shard);
  const report = (directory) =>
    JSON.parse(synthgen('analyze', directory, '--json', '--quiet').stdout);
  assert.ok(report(whole).expected.avg_length !== undefined);
  assert.deepEqual(report(parts), report(whole));
  assert.equal(synthgen('validate', parts).status, 0);
  writeFileSync(join(parts, 'val-00001-of-00003.jsonl'), '[1,2,80]\n[3]\n');
  const found = synthgen('validate', parts, '--json');
  assert.equal(found.status, faults);
  const kinds = JSON.parse(found.stdout).faults.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['id_too_large', 'too_short', 'manifest_mismatch']);
  assert.match(found.stdout, /metadata-00001-of-00003\.json says/);
});
