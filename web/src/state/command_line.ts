import type { Config, Parameter } from 'synthgen';

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The shell command that makes the same files; none where a value has no flag form. */
export function commandLine(
  config: Config,
  parameters: readonly Parameter[],
  latents: boolean,
): string | undefined {
  const words = ['synthgen', 'generate'];
  for (const { key, type } of parameters) {
    if (!Object.hasOwn(config, key)) continue;
    const value = config[key];
    const isList = Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
    if (!isList && !['integer', 'number', 'word'].includes(type)) return undefined;
    words.push(`--${key.replaceAll('_', '-')}`, quoted(isList ? value.join(',') : String(value)));
  }
  if (latents) words.push('--latents');
  words.push('--output-dir', 'data/custom');
  return words.join(' ');
}
