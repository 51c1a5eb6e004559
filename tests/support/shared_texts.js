// The texts that the playground's share menu offers, for tests that run them:
// node tests/support/shared_texts.js CONFIG.json prints them as JSON by their names.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { runnerImport } from 'vite';

const source = fileURLToPath(new URL('../../web/src/state/shared_texts.ts', import.meta.url));

/** A config that every quoting has to survive. */
export const hostileConfig = {
  generator: 'template',
  vocab_size: 60,
  templates: [
    [{ name: `it's "k" & </script> )json" \\ $HOME é`, of: 'RANDOM' }, 7, 'PATTERN'],
    { weight: 2, elements: ['RANDOM', { repeat: 3, of: [1, 'RANDOM'] }] },
  ],
  seq_length: 12,
  num_train: 40,
  num_val: 3,
  splits: { val: { seq_length: 9 } },
};

/** Each text by its name. */
export async function textsOf(given, { parameters = [], ...rest } = {}) {
  const { module } = await runnerImport(source, { configFile: false, logLevel: 'error' });
  const shared = module.sharedTexts({
    given,
    parameters,
    code: undefined,
    link: 'https://example.org/x/#generator=random',
    split: 'train',
    sequences: given.num_train,
    ...rest,
  });
  return Object.fromEntries(shared.map(({ name, text }) => [name, text]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv[2] ? JSON.parse(readFileSync(process.argv[2], 'utf8')) : hostileConfig;
  console.log(JSON.stringify({ given, texts: await textsOf(given) }));
}
