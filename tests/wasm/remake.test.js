// A custom generator's dataset once more, from its manifest and the source.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSynthgen } from 'synthgen';
import { remakeDataset } from 'synthgen/remake';

import makeCustom from '../../web/examples/custom_data_generator.js';

const folder = mkdtempSync(join(tmpdir(), 'synthgen-remake-'));
after(() => rmSync(folder, { recursive: true }));

const module = fileURLToPath(
  new URL('../../web/examples/custom_data_generator.js', import.meta.url),
);
const command = fileURLToPath(new URL('../../web/module/remake.js', import.meta.url));
const synthgen = await createSynthgen();
const source = readFileSync(module, 'utf8');

/** Writes a dataset as a page or a script would, and returns the path of its manifest. */
function written(name, options, text, { Class = makeCustom(synthgen), ...config } = {}) {
  const directory = join(folder, name);
  mkdirSync(directory);
  const counts = { vocab_size: 50, seq_length: 12, num_train: 400, num_val: 3, ...config };
  const generator = synthgen.customGenerator(Class, counts, text && { source: text });
  const encoder = synthgen.datasetEncoder(generator, options);
  for (const { file, bytes } of encoder) writeFileSync(join(directory, file), bytes, { flag: 'a' });
  const manifest = join(directory, 'metadata.json');
  writeFileSync(manifest, encoder.manifest());
  encoder.delete();
  generator.delete();
  return manifest;
}

const remade = (...parameters) =>
  spawnSync(process.execPath, [command, ...parameters], { encoding: 'utf8' });

test('a dataset is remade byte for byte, in its format, from the file or the text of its class', async () => {
  for (const [name, options, text] of [
    ['jsonl', { latents: true }, source],
    ['npy', { format: 'npy', dtype: 'int64' }, source],
    ['class', { format: 'bin', separator: 50 }, undefined],
  ]) {
    const manifest = written(name, options, text);
    const outputDir = join(folder, `${name}-again`);
    const files = await remakeDataset({ manifest, module, outputDir });
    assert.deepEqual(
      files.map(({ sequences }) => sequences),
      [400, 3],
    );
    const names = readdirSync(join(folder, name));
    assert.deepEqual(readdirSync(outputDir), names);
    for (const each of names) {
      assert.deepEqual(readFileSync(join(outputDir, each)), readFileSync(join(folder, name, each)));
    }
  }
});

test('the command refuses another source, another class, a family, and what exists', () => {
  const manifest = written('command', {}, source);
  const [first, second] = ['first', 'second'].map((name) => join(folder, name));
  const done = remade(manifest, '--custom', module, '--output-dir', first);
  assert.deepEqual([done.status, done.stderr], [0, '']);
  assert.match(
    done.stdout,
    /^train\.jsonl: 400 sequences, 4800 tokens, as the manifest has them$/m,
  );

  const changed = join(folder, 'changed.mjs');
  writeFileSync(changed, `${source}\n// changed\n`);
  const other = remade(manifest, '--custom', changed, '--output-dir', second);
  assert.equal(other.status, 1);
  assert.match(other.stderr, /changed\.mjs: another version of it made the dataset: its checksum/);

  const again = remade(manifest, '--custom', module, '--output-dir', first);
  assert.equal(again.status, 3);
  assert.match(again.stderr, /EEXIST.*train\.jsonl/);

  const text = JSON.parse(readFileSync(manifest, 'utf8'));
  const edit = (name, change) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify({ ...text, ...change }));
    return remade(path, '--custom', module, '--output-dir', join(folder, `${name}-out`));
  };
  const renamed = edit('renamed.json', { custom: { ...text.custom, name: 'Other' } });
  assert.match(renamed.stderr, /its class is CustomDataGenerator, that of the dataset is Other/);
  const reseeded = edit('reseeded.json', { config: { ...text.config, seed: 7 } });
  assert.match(reseeded.stderr, /train\.jsonl: is not what the manifest describes/);
  assert.match(edit('family.json', { custom: undefined }).stderr, /synthgen generate --config/);
  assert.match(edit('shards.json', { num_shards: 4 }).stderr, /is in shards/);
  assert.match(remade('nowhere.json', '--custom', module, '--output-dir', 'x').stderr, /ENOENT/);
  assert.match(remade().stderr, /^synthgen-remake: Usage: /);
});
