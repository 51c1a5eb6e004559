import type { Config, DatasetOptions, Parameter, Split } from 'synthgen';

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The flags of the program that stand for the options of its files. */
function flagsOf(options: DatasetOptions): string[] {
  const { format, latents, labels, predictive, dtype, separator, dataset_card } = options;
  return [
    ...(format === undefined || format === 'jsonl' ? [] : ['--format', format]),
    ...(latents === true ? ['--latents'] : []),
    ...(labels === true ? ['--labels'] : []),
    ...(predictive === undefined ? [] : ['--predictive', predictive]),
    ...(dtype === undefined ? [] : ['--dtype', dtype]),
    ...(separator === undefined ? [] : ['--separator', String(separator)]),
    ...(dataset_card === true ? ['--dataset-card'] : []),
  ];
}

/** The shell command that makes the same files. */
export function commandLine(
  config: Config,
  parameters: readonly Parameter[],
  options: DatasetOptions = {},
): string {
  const words = parameters.flatMap(({ key, type }) => {
    if (!Object.hasOwn(config, key)) return [];
    const value = config[key];
    const isList = type !== 'json' && Array.isArray(value);
    const isPlain = typeof value !== 'object';
    const text = isList ? value.join(',') : isPlain ? String(value) : JSON.stringify(value);
    return [`--${key.replaceAll('_', '-')}`, quoted(text)];
  });
  return ['synthgen generate', ...words, ...flagsOf(options), '--output-dir data/custom'].join(' ');
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
  options: DatasetOptions,
): Recipe {
  const text = commandLine(given, parameters, options);
  return {
    title: 'The same bytes on the command line',
    text,
    instead: 'The command below makes the same bytes.',
    copies: { command: text, config: JSON.stringify(canonical, null, 2) },
  };
}

/** Lines for Node.js that run the visitor's code in generator.mjs. */
export function nodeLines(given: Config, count: number, latents: boolean, split: Split): string {
  const range = `{ split: '${split}', count: ${count}${latents ? ', latents: true' : ''} }`;
  return [
    "import { generateInWorker } from 'synthgen/worker';",
    `const { tokens, offsets${latents ? ', latents' : ''} } = await generateInWorker({ module: new URL('generator.mjs', import.meta.url), config: ${JSON.stringify(given)}, range: ${range} });`,
  ].join('\n');
}

/** The same as a recipe; the command line cannot run the code. */
export function nodeRecipe(
  given: Config,
  canonical: Config,
  code: string,
  latents: boolean,
): Recipe {
  const text = nodeLines(given, Number(canonical['num_train']), latents, 'train');
  return {
    title: 'The same sequences in Node.js, with the code in generator.mjs',
    text,
    instead: 'The lines below make the same sequences, in batches of any size.',
    copies: { lines: text, code },
  };
}
