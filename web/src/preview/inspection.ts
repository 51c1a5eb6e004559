import type { Measure } from 'synthgen';

import type { Comparison, KindShare, Reading } from '../readings/reading';
import type { Preview } from '../worker/messages';
import { cellKinds, type CellKinds } from './kinds';
import { latentSeries } from './latent_series';
import { agrees, mean } from './statistics';

/** A preview with what every panel wants to know of it, worked out once. */
export interface Inspection extends Reading {
  preview: Preview;
  kinds: CellKinds;
}

/** Shown for every family, ahead of what the family expects. */
const always = ['avg_length', 'vocab_usage', 'local_coherence', 'global_coherence'];

function seriesOf(preview: Preview): Map<string, number[]> {
  const { tokens, offsets, latents, padding, config, report } = preview;
  const contentOf = (row: number) =>
    tokens.subarray(offsets[row], (offsets[row + 1] ?? 0) - (padding?.[row] ?? 0));
  const series = latentSeries(latents, contentOf, config);
  for (const [name, values] of Object.entries<(number | null)[]>(report.per_sequence ?? {})) {
    const isLength = name === 'length';
    series.set(
      isLength ? 'avg_length' : name,
      values.filter((value) => value !== null),
    );
  }
  return series;
}

function compare(
  preview: Preview,
  series: Map<string, number[]>,
  measures: readonly Measure[],
): Comparison[] {
  const report = preview.report as unknown as Record<string, unknown>;
  const measuredOnly = [...series].filter(([, values]) => values.some((value) => value !== 0));
  const names = new Set([
    ...always,
    ...preview.truth.map(({ name }) => name),
    ...measuredOnly.map(([name]) => name),
  ]);
  return [...names].map((name) => {
    const truth = preview.truth.find((entry) => entry.name === name);
    const measure = measures.find((entry) => entry.name === name);
    const values = series.get(name) ?? [];
    const inReport = report[name];
    return {
      name,
      unit: truth?.unit ?? measure?.unit ?? '',
      formula: truth?.formula ?? measure?.formula ?? '',
      measured: typeof inReport === 'number' ? inReport : mean(values),
      expected: truth?.value,
      agrees:
        truth && values.length > 0 ? agrees(values, truth.value, preview.tokens.length) : undefined,
    };
  });
}

function sharesOf({ names, cells }: CellKinds): KindShare[] {
  const counts = names.map(() => 0);
  for (const kind of cells) counts[kind] = (counts[kind] ?? 0) + 1;
  return names
    .map((kind, i) => ({ kind, share: (counts[i] ?? 0) / Math.max(1, cells.length) }))
    .filter(({ share }) => share > 0);
}

export function inspect(preview: Preview, measures: readonly Measure[]): Inspection {
  const kinds = cellKinds(preview);
  const series = seriesOf(preview);
  return {
    preview,
    kinds,
    report: preview.report,
    isComplete: true,
    series,
    truth: preview.truth,
    config: preview.config,
    measures,
    shares: sharesOf(kinds),
    comparisons: compare(preview, series, measures),
  };
}
