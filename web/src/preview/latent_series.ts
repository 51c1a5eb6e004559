import type { Config, Latents } from 'synthgen';

const patterns = new Set(['repetition', 'alternation', 'progression', 'reversal']);

/** What one sequence contributes to a number, or nothing where the number is not defined for it. */
type LatentMeasure = (latents: Latents, length: number, config: Config) => number | undefined;

/** Share of the positions that lie in spans of these kinds. */
function covered(latents: Latents, length: number, kinds: ReadonlySet<string>): number {
  const inside = latents.spans.filter((span) => kinds.has(span.kind));
  return inside.reduce((sum, span) => sum + span.length, 0) / length;
}

const successor = new Set(['successor']);

/** Numbers that only the latents tell, under the names that the core's expectations have. */
const measures: Record<string, LatentMeasure> = {
  noise_rate: ({ noise }, length) => noise.length / length,
  pattern_share: (latents, length) => covered(latents, length, patterns),
  successor_rate: (latents, length) => covered(latents, length, successor),
  condition_pattern_share: ({ condition, spans }, _length, config) => {
    const types = config['pattern_types'];
    if (condition === undefined || !Array.isArray(types)) return undefined;
    const segments = spans.filter(({ kind }) => patterns.has(kind));
    if (segments.length === 0) return undefined;
    const wanted = types[condition % types.length];
    return segments.filter(({ kind }) => kind === wanted).length / segments.length;
  },
  oracle_bits_per_token: ({ oracle_bits }, length) =>
    oracle_bits === undefined ? undefined : oracle_bits / length,
};

/** A value a sequence for each of those numbers; empty sequences are left out. */
export function latentSeries(
  latents: readonly Latents[],
  lengthOf: (row: number) => number,
  config: Config,
): Map<string, number[]> {
  const series = new Map<string, number[]>(Object.keys(measures).map((name) => [name, []]));
  latents.forEach((latent, row) => {
    const length = lengthOf(row);
    if (length === 0) return;
    for (const [name, measure] of Object.entries(measures)) {
      const value = measure(latent, length, config);
      if (value !== undefined) series.get(name)?.push(value);
    }
  });
  return series;
}
