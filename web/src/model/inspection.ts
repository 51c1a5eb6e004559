import type { Measure } from 'synthgen';

import { comparisonsOf } from './comparisons';
import type { KindShare, Reading } from './reading';
import type { Preview } from './preview';
import { cellKinds, type CellKinds } from './kinds';
import { latentSeries } from './latent_series';

/** A preview with everything that panels need to know about it, computed once. */
export interface Inspection extends Reading {
  preview: Preview;
  kinds: CellKinds;
}

/** What is known of the pinned dataset. */
export interface Pinned {
  inspection?: Inspection;
  /** The inspection with the slow measures, once they are known. */
  reading?: Reading;
  /** Why there is no data. */
  failure?: Error;
}

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

function sharesOf({ names, cells }: CellKinds): KindShare[] {
  const counts = names.map(() => 0);
  for (const kind of cells) counts[kind] = (counts[kind] ?? 0) + 1;
  return names
    .map((kind, i) => ({ kind, share: (counts[i] ?? 0) / Math.max(1, cells.length) }))
    .filter(({ share }) => share > 0);
}

export function inspect(preview: Preview, measures: readonly Measure[]): Inspection {
  const { config, report, truth } = preview;
  const kinds = cellKinds(preview);
  const series = seriesOf(preview);
  return {
    preview,
    kinds,
    report,
    isComplete: false,
    series,
    truth,
    config,
    expectedLags: undefined,
    validation: undefined,
    measures,
    shares: sharesOf(kinds),
    comparisons: comparisonsOf({ report, truth, series, measures }),
  };
}
