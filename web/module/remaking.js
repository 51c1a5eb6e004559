import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { SynthgenError } from './errors.js';
import { createSynthgen } from './node.js';

const refused = (kind, message) => new SynthgenError({ kind, message });

/** What a manifest says besides how files are written. */
const otherKeys = [
  ...['program', 'version', 'stream_version', 'seed', 'config', 'config_xxh128', 'custom'],
  ...['shard', 'num_shards', 'files', 'analysis', 'manifest_xxh128'],
];

const optionsOf = (manifest) =>
  Object.fromEntries(Object.entries(manifest).filter(([key]) => !otherKeys.includes(key)));

/** The manifest of a dataset that can be remade. */
async function readManifest(path) {
  let manifest;
  try {
    manifest = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw refused('io', `${path}: ${error.message}`);
  }
  if (manifest?.config === undefined || !Array.isArray(manifest.files)) {
    throw refused('usage', `${path}: is not the manifest of a dataset`);
  }
  if (manifest.custom === undefined) {
    throw refused(
      'usage',
      `${path}: a family of synthgen made it: synthgen generate --config ${path} --output-dir DIR`,
    );
  }
  if ((manifest.num_shards ?? 0) > 0 || manifest.shard !== undefined) {
    throw refused('usage', `${path}: is in shards, which only the program writes`);
  }
  return manifest;
}

/** The name and the source's checksum that a manifest would have. */
function identityOf(synthgen, Class, config, source) {
  const nothing = { ...config, num_train: 0, num_val: 0, num_test: 0 };
  const generator = synthgen.customGenerator(Class, nothing, { source });
  const encoder = synthgen.datasetEncoder(generator);
  encoder.next();
  const { custom } = JSON.parse(encoder.manifest());
  encoder.delete();
  generator.delete();
  return custom;
}

/** The text that the manifest has the checksum of: that of the file, or of the class in it. */
function sourceOf(synthgen, Class, manifest, texts, module) {
  const { name, source_xxh128: sum } = manifest.custom;
  const known = texts.map((text) => identityOf(synthgen, Class, manifest.config, text));
  const found = known.findIndex((each) => each.source_xxh128 === sum);
  if (found >= 0 && known[found].name === name) return texts[found];
  const what =
    found >= 0
      ? `its class is ${known[found].name}, that of the dataset is ${name}`
      : `another version of it made the dataset: its checksum is ${known[0].source_xxh128}, that in the manifest ${sum}`;
  throw refused('data', `${module}: ${what}`);
}

async function writeFiles(encoder, outputDir) {
  const files = new Map();
  try {
    for (const { file, bytes } of encoder) {
      if (!files.has(file)) files.set(file, await open(join(outputDir, file), 'wx'));
      await files.get(file).writeFile(bytes);
    }
  } catch (error) {
    throw error instanceof SynthgenError ? error : refused('io', error.message);
  } finally {
    for (const file of files.values()) await file.close();
  }
}

export async function remakeDataset({ manifest: path, module, outputDir }) {
  const manifest = await readManifest(path);
  const synthgen = await createSynthgen();
  const { default: makeClass } = await import(pathToFileURL(module));
  if (typeof makeClass !== 'function') {
    throw refused('usage', `${module}: its default export is no function that makes the class`);
  }
  const Class = makeClass(synthgen);
  const texts = [await readFile(module, 'utf8'), String(Class)];
  const source = sourceOf(synthgen, Class, manifest, texts, module);
  const generator = synthgen.customGenerator(Class, manifest.config, { source });
  const encoder = synthgen.datasetEncoder(generator, optionsOf(manifest));
  await mkdir(outputDir, { recursive: true });
  await writeFiles(encoder, outputDir);
  const text = encoder.manifest();
  const made = JSON.parse(text).files;
  const different = made.find(
    (file, i) => JSON.stringify(file) !== JSON.stringify(manifest.files[i]),
  );
  if (different !== undefined || made.length !== manifest.files.length) {
    const name = different?.file ?? 'the list of files';
    throw refused('data', `${join(outputDir, name)}: is not what the manifest describes`);
  }
  const metadata = await open(join(outputDir, 'metadata.json'), 'wx');
  await metadata.writeFile(text);
  await metadata.close();
  encoder.delete();
  generator.delete();
  return made.map(({ file, sequences, tokens }) => ({ file, sequences, tokens }));
}
