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
    if (!isList && !['integer', 'number', 'word'].includes(type))
      return finish(['--config config.json']);
    words.push(`--${key.replaceAll('_', '-')}`, quoted(isList ? value.join(',') : String(value)));
  }
  return finish(words);
}
