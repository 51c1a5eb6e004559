import type { Config, Parameter } from 'synthgen';

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The shell command that makes the same files; with a config file where a value has no flag form. */
export function commandLine(
  config: Config,
  parameters: readonly Parameter[],
  latents: boolean,
): string {
  const words: string[] = [];
  const finish = (settings: readonly string[]) =>
    [
      'synthgen generate',
      ...settings,
      ...(latents ? ['--latents'] : []),
      '--output-dir data/custom',
    ].join(' ');
  for (const { key, type } of parameters) {
    if (!Object.hasOwn(config, key)) continue;
    const value = config[key];
    const isList = Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
    if (!isList && !['integer', 'number', 'word', 'boolean'].includes(type))
      return finish(['--config config.json']);
    words.push(`--${key.replaceAll('_', '-')}`, quoted(isList ? value.join(',') : String(value)));
  }
  return finish(words);
}

/** How to make a dataset without the page. */
export interface Recipe {
  title: string;
  text: string;
  /** Where to go with a dataset that is too large for a page. */
  instead: string;
  /** What can be copied, by its name. */
  copies: Record<string, string>;
}

/** The program's command for what the core itself makes. */
export function commandRecipe(
  given: Config,
  canonical: Config,
  parameters: readonly Parameter[],
  latents: boolean,
): Recipe {
  const text = commandLine(given, parameters, latents);
  return {
    title: 'The same bytes on the command line',
    text,
    instead: 'The command below makes the same bytes.',
    copies: { command: text, config: JSON.stringify(canonical, null, 2) },
  };
}

/** Lines for Node.js that run the visitor's code; the command line cannot run it. */
export function nodeRecipe(
  given: Config,
  canonical: Config,
  code: string,
  latents: boolean,
): Recipe {
  const count = Number(canonical['num_train']);
  const range = `{ split: 'train', count: ${count}${latents ? ', latents: true' : ''} }`;
  const text = [
    "import { generateInWorker } from 'synthgen/worker';",
    `const { tokens, offsets${latents ? ', latents' : ''} } = await generateInWorker({ module: new URL('generator.mjs', import.meta.url), config: ${JSON.stringify(given)}, range: ${range} });`,
  ].join('\n');
  return {
    title: 'The same sequences in Node.js, with the code in generator.mjs',
    text,
    instead: 'The lines below make the same sequences, in batches of any size.',
    copies: { lines: text, code },
  };
}
