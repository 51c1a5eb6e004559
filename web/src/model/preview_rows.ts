import type { Config, Split } from 'synthgen';

/** A preview shows at most so many sequences … */
export const mostRows = 200;
/** … of so many tokens together, so that it is made before a person gets impatient. */
export const mostTokens = 2 ** 17;
/** A single sequence may be longer, up to this many tokens. */
export const longestShown = 2 ** 20;

/** Tokens in the text view: more would only make the page slow to scroll. */
export const mostTextTokens = 4096;

/** How many sequences of a preview the text view shows: the first, and those after it that fit. */
export function textRows(offsets: Uint32Array): number {
  const total = offsets.length - 1;
  let rows = Math.min(1, total);
  while (rows < total && (offsets[rows + 1] ?? 0) <= mostTextTokens) rows += 1;
  return rows;
}

function isConfig(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The config with what `splits` says of one split. */
export function configOfSplit(config: Config, split: Split): Config {
  const overrides = isConfig(config['splits']) ? config['splits'][split] : undefined;
  return isConfig(overrides) ? { ...config, ...overrides } : config;
}

/** How many sequences of so many tokens a preview can show; 0 if even one would be too long. */
export function pageSizeOf(longest: number): number {
  if (longest > longestShown) return 0;
  return Math.max(1, Math.min(mostRows, Math.floor(mostTokens / longest)));
}

/** How many sequences a split of a canonical config has. */
export function splitSizeOf(config: Config, split: Split): number {
  return Number(config[`num_${split}`]);
}

/** How many sequences a preview from an index on shows; none beyond the end of the split. */
export function rowsFrom(from: number, pageSize: number, splitSize: number): number {
  return Math.max(0, Math.min(pageSize, splitSize - from));
}
