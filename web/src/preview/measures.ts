import type { Expectation } from 'synthgen';

import type { Preview } from '../worker/messages';
import { cellKinds } from './kinds';

/** One number measured on the preview, and what the config says it should be. */
export interface Comparison {
  name: string;
  unit: string;
  formula: string;
  measured: number | undefined;
  expected: number | undefined;
  /** Within four standard errors; unknown when one of the two is. */
  agrees: boolean | undefined;
}

/** One value a sequence; left out where it is not defined. */
export type Series = Map<string, number[]>;

const patterns = new Set(['repetition', 'alternation', 'progression', 'reversal']);

/** What the latents alone tell, a value a sequence. */
function latentSeries({ offsets, latents }: Preview): Series {
  const series: Series = new Map([
    ['noise_rate', []],
    ['pattern_share', []],
    ['oracle_bits_per_token', []],
  ]);
  latents.forEach((latent, row) => {
    const length = (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
    if (length === 0) return;
    const inPatterns = latent.spans
      .filter((span) => patterns.has(span.kind))
      .reduce((sum, span) => sum + span.length, 0);
    series.get('noise_rate')?.push(latent.noise.length / length);
    series.get('pattern_share')?.push(inPatterns / length);
    if (latent.oracle_bits !== undefined) {
      series.get('oracle_bits_per_token')?.push(latent.oracle_bits / length);
    }
  });
  return series;
}

export function seriesOf(preview: Preview): Series {
  const series = latentSeries(preview);
  const perSequence = preview.report.per_sequence;
  for (const [name, values] of Object.entries<(number | null)[]>(perSequence ?? {})) {
    series.set(
      name === 'length' ? 'avg_length' : name,
      values.filter((value) => value !== null),
    );
  }
  return series;
}

export function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const middle = mean(values) ?? 0;
  if (values.length < 2) return Infinity;
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/**
 * Whether a mean is as expected, by its standard error; shares of tokens get at least the error of
 * independent tokens, which rare events need: none seen is no error at all.
 */
export function agrees(values: readonly number[], expected: number, tokens: number): boolean {
  const measured = mean(values);
  if (measured === undefined) return false;
  const counting =
    expected > 0 && expected < 1 ? Math.sqrt((expected * (1 - expected)) / tokens) : 0;
  const rounding = 1e-9 * Math.max(1, Math.abs(expected));
  return Math.abs(measured - expected) <= 4 * Math.max(standardError(values), counting) + rounding;
}

export function expectation(truth: readonly Expectation[], name: string): Expectation | undefined {
  return truth.find((entry) => entry.name === name);
}

const shown = ['num_sequences', 'avg_length', 'vocab_usage', 'local_coherence', 'global_coherence'];

/** The report's plain numbers and everything that is expected, under the core's own names. */
export function comparisons(
  preview: Preview,
  measures: readonly { name: string; unit: string; formula: string }[],
): Comparison[] {
  const series = seriesOf(preview);
  const report = preview.report as unknown as Record<string, unknown>;
  const names = new Set([...shown, ...preview.truth.map((entry) => entry.name)]);
  for (const [name, values] of series) {
    if (values.some((value) => value !== 0)) names.add(name);
  }
  return [...names].map((name) => {
    const truth = expectation(preview.truth, name);
    const measure = measures.find((entry) => entry.name === name);
    const values = series.get(name);
    const inReport = report[name];
    const measured = typeof inReport === 'number' ? inReport : mean(values ?? []);
    return {
      name,
      unit: truth?.unit ?? measure?.unit ?? '',
      formula: truth?.formula ?? measure?.formula ?? '',
      measured,
      expected: truth?.value,
      agrees:
        truth && values?.length ? agrees(values, truth.value, preview.tokens.length) : undefined,
    };
  });
}

/** Share of the positions that each kind of cell has, `fresh` first. */
export function kindShares(preview: Preview): { kind: string; share: number; count: number }[] {
  const { names, cells } = cellKinds(preview);
  const counts = names.map(() => 0);
  for (const kind of cells) counts[kind] = (counts[kind] ?? 0) + 1;
  return names.map((kind, index) => {
    const count = counts[index] ?? 0;
    return { kind, count, share: count / Math.max(1, cells.length) };
  });
}
