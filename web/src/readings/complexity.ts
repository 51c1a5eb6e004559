import { rankedCurve, type ComplexityData, type Stage } from '../charts/complexity';
import type { Reading } from '../model/reading';

/** The seed document's curriculum: overlapping stages from simple and short to complex and long. */
export const stages: readonly Stage[] = [
  { name: 'stage1', min_complexity: 0, max_complexity: 0.3, max_length: 128 },
  { name: 'stage2', min_complexity: 0.2, max_complexity: 0.6, max_length: 256 },
  { name: 'stage3', min_complexity: 0.5, max_complexity: 1, max_length: 512 },
];

/** H / log2(min(V, L)): the entropy as a share of what so many tokens can have; 0 where that is 0. */
export function entropyComplexity(entropy: number, length: number, vocabSize: number): number {
  const most = Math.log2(Math.min(vocabSize, length));
  return most > 0 ? entropy / most : 0;
}

/** The curve of complexity over ranks: from each sequence's values, or the report's histogram. */
export function complexityCurve(reading: Reading): ComplexityData['curve'] {
  const { config, report, series } = reading;
  const entropies = series.get('entropy') ?? [];
  const lengths = series.get('avg_length') ?? [];
  if (entropies.length > 0 && entropies.length === lengths.length) {
    const vocabSize = Number(config?.['vocab_size'] ?? report.vocab_usage);
    return rankedCurve(
      entropies.map((entropy, i) => entropyComplexity(entropy, lengths[i] ?? 0, vocabSize)),
    );
  }
  const given = report.distributions?.['lz_complexity'];
  if (!given || given.count === 0) return [];
  const { edges, counts } = given.histogram;
  let below = 0;
  const steps = counts.map((count, i): [number, number] => {
    below += count;
    return [below / given.count, edges[i + 1] ?? given.max];
  });
  return [[0, edges[0] ?? given.min], ...steps];
}
