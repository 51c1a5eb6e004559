#!/usr/bin/env node
// synthgen-remake: a dataset of a custom generator once more, from its manifest and the source.

import { realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { SynthgenError } from './errors.js';
import { remakeDataset } from './remaking.js';

export { remakeDataset, SynthgenError };

const usage = 'Usage: synthgen-remake MANIFEST --custom FILE.js --output-dir DIR';

async function run() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      custom: { type: 'string' },
      'output-dir': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const { custom: module, 'output-dir': outputDir } = values;
  if (positionals.length !== 1 || module === undefined || outputDir === undefined) {
    throw new SynthgenError({ kind: 'usage', message: usage });
  }
  const files = await remakeDataset({ manifest: positionals[0], module, outputDir });
  for (const { file, sequences, tokens } of files) {
    console.log(`${file}: ${sequences} sequences, ${tokens} tokens, as the manifest has them`);
  }
  return undefined;
}

const isCommand =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isCommand) {
  run().catch((error) => {
    console.error(`synthgen-remake: ${error.message}`);
    process.exitCode = { data: 1, io: 3 }[error.kind] ?? 2;
  });
}
