import type { Config } from 'synthgen';

export const mostRows = 200;
/** Tokens in one preview: keeps it well under a frame's patience. */
export const mostTokens = 2 ** 17;

/** The longest sequence that a canonical config can ask for. */
export function longestSequence(config: Config): number {
  const length = Number(config['seq_length']);
  return Math.floor(length * (1 + Number(config['length_variation'] ?? 0)) + 0.5);
}

/** How many sequences a preview shows; 0 when even one would be too long. */
export function previewRows(config: Config): number {
  return Math.min(mostRows, Math.floor(mostTokens / longestSequence(config)));
}
