import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { installPackage, manifest, ownFolder, root, run } from './support.js';

let packed;
let project;
let installed;

const folder = ownFolder(after);

before(() => {
  ({ packed, project, installed } = installPackage(folder));
});

test('the package holds the module, its declarations, README and licence, and nothing else', () => {
  for (const { path } of packed.files) {
    assert.match(
      path,
      /^(web\/module\/(types\/)?\w+(\.d)?\.[jt]s|build\/wasm\/(kernels\.js|(live|synthgen)\.(js|wasm)|tasks\.wasm)|build\/view\/\w+(-\w+)?\.(js|wasm)|[^/]+)$/,
    );
  }
  const names = packed.files.map(({ path }) => path);
  for (const name of ['README.md', 'LICENSE', 'package.json', 'build/wasm/synthgen.wasm']) {
    assert.ok(names.includes(name), name);
  }
});

test('every path that the package exports is in it', () => {
  const paths = (entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(paths);
  for (const path of paths(manifest.exports)) assert.ok(existsSync(join(installed, path)), path);
});

test('the package needs no other package', () => {
  assert.equal(manifest.dependencies, undefined);
});

test('node generates and analyzes with the installed package', () => {
  const script = `
    import { createSynthgen } from 'synthgen';
    const synthgen = await createSynthgen();
    const batch = synthgen.generatePatternSequences({ vocab_size: 9, seq_length: 12, num_samples: 3 });
    const { num_sequences, num_tokens } = synthgen.analyzeSequences(batch);
    console.log(synthgen.version, num_sequences, num_tokens);`;
  writeFileSync(join(project, 'use.js'), script);
  assert.equal(run(project, 'node', 'use.js'), `${manifest.version} 3 36\n`);
});

test('a bundler gets the wasm file by its exported name', () => {
  const script = "console.log(import.meta.resolve('synthgen/synthgen.wasm'))";
  const url = run(project, 'node', '--input-type=module', '--eval', script).trim();
  assert.deepEqual(readFileSync(fileURLToPath(url)).subarray(0, 4), Buffer.from('\0asm'));
});

test('TypeScript finds the declarations of the installed package', () => {
  const use = `import { createSynthgen, type SequenceBatch } from 'synthgen';
    const batch: SequenceBatch = (await createSynthgen()).generateRandomSequences({ num_samples: 1 });
    export const count: number = batch.tokens.length;`;
  writeFileSync(join(project, 'use.ts'), use);
  for (const resolution of ['nodenext', 'bundler']) {
    const module = resolution === 'bundler' ? 'preserve' : resolution;
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--ignoreConfig'];
    const kinds = ['--module', module, '--moduleResolution', resolution];
    run(project, join(root, 'node_modules/.bin/tsc'), ...options, ...kinds, 'use.ts');
  }
});

test('the declarations need those of neither browsers nor node', () => {
  const use = `import { createSynthgen, type Generator } from 'synthgen';
    import { createLive } from 'synthgen/live';
    import { remakeDataset } from 'synthgen/remake';
    import { generateInWorker } from 'synthgen/worker';
    export const made = async (generator: Generator) => {
      using freed = (await createSynthgen()).analyzer();
      for await (const batch of generator.batches({ batchSize: 2 })) freed.add(batch);
      return [createLive, remakeDataset, generateInWorker, freed.report()];
    };`;
  writeFileSync(join(project, 'plain.ts'), use);
  const tsc = join(root, 'node_modules/.bin/tsc');
  for (const lib of ['es2024,esnext.disposable', 'es2024,esnext.disposable,dom']) {
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--ignoreConfig', '--lib', lib];
    const kinds = ['--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', ''];
    run(project, tsc, ...options, ...kinds, 'plain.ts');
  }
  writeFileSync(join(project, 'older.ts'), "export type * from 'synthgen';\n");
  run(project, tsc, '--noEmit', '--ignoreConfig', '--strict', '--lib', 'es2024', 'older.ts');
});

test('the package brings the command that remakes a dataset of a custom generator', () => {
  const command = join(project, 'node_modules/.bin/synthgen-remake');
  assert.match(run(project, command, '--help'), /^Usage: synthgen-remake MANIFEST/);
});
