import type { Config, Latents } from 'synthgen';

const patterns = ['repetition', 'alternation', 'progression', 'reversal'];

interface Sequence {
  latents: Latents;
  /** Without padding; never empty. */
  tokens: Uint32Array;
  config: Config;
}

/** A sequence's value of a number; undefined if the sequence has none. */
type LatentMeasure = (sequence: Sequence) => number | undefined;

/** Share of the positions that lie in spans of these kinds. */
function covered({ latents, tokens }: Sequence, ...kinds: string[]): number {
  const inside = latents.spans.filter((span) => kinds.includes(span.kind));
  return inside.reduce((sum, span) => sum + span.length, 0) / tokens.length;
}

/** Share of the tokens in the theme's quarter of the ids; conditions would shift the ids' ranks. */
function themeShare({ latents, tokens, config }: Sequence): number | undefined {
  const { theme, condition } = latents;
  if (theme === undefined || condition !== undefined) return undefined;
  const ids = Number(config['vocab_size']);
  const themes = Math.min(4, ids);
  const first = Math.floor((theme * ids) / themes);
  const end = Math.floor(((theme + 1) * ids) / themes);
  return tokens.filter((token) => first <= token && token < end).length / tokens.length;
}

/** Share of the pattern segments whose type is the condition's. */
function conditionPatternShare({ latents, config }: Sequence): number | undefined {
  const { condition, spans } = latents;
  const types = config['pattern_types'];
  if (condition === undefined || !Array.isArray(types)) return undefined;
  const segments = spans.filter(({ kind }) => patterns.includes(kind));
  if (segments.length === 0) return undefined;
  const wanted = types[condition % types.length];
  return segments.filter(({ kind }) => kind === wanted).length / segments.length;
}

/** Numbers that need the latents, under the names of the core's expectations. */
const measures: Record<string, LatentMeasure> = {
  noise_rate: ({ latents, tokens }) => latents.noise.length / tokens.length,
  pattern_share: (sequence) => covered(sequence, ...patterns),
  successor_rate: (sequence) => covered(sequence, 'successor'),
  theme_share: themeShare,
  condition_pattern_share: conditionPatternShare,
  oracle_bits_per_token: ({ latents: { oracle_bits }, tokens }) =>
    oracle_bits === undefined ? undefined : oracle_bits / tokens.length,
};

/** One value per sequence for each of those numbers; empty sequences are left out. */
export function latentSeries(
  latents: readonly Latents[],
  contentOf: (row: number) => Uint32Array,
  config: Config,
): Map<string, number[]> {
  const series = new Map<string, number[]>(Object.keys(measures).map((name) => [name, []]));
  latents.forEach((latent, row) => {
    const tokens = contentOf(row);
    if (tokens.length === 0) return;
    for (const [name, measure] of Object.entries(measures)) {
      const value = measure({ latents: latent, tokens, config });
      if (value !== undefined) series.get(name)?.push(value);
    }
  });
  return series;
}
