import type { Measure } from 'synthgen';

import { comparisonsOf } from './comparisons';
import type { Reading } from './reading';
import type { Preview } from './preview';

/** A preview with everything that panels need to know about it, computed once. */
export interface Inspection extends Reading {
  preview: Preview;
}

/** What is known of the pinned dataset. */
export interface Pinned {
  inspection?: Inspection;
  /** The inspection with the slow measures, once they are known. */
  reading?: Reading;
  /** Why there is no data. */
  failure?: Error;
}

function seriesOf({ latentShares, report }: Preview): Map<string, number[]> {
  const series = new Map(Object.entries(latentShares.per_sequence));
  for (const [name, values] of Object.entries<(number | null)[]>(report.per_sequence ?? {})) {
    series.set(
      name,
      values.filter((value) => value !== null),
    );
  }
  return series;
}

export function inspect(preview: Preview, measures: readonly Measure[]): Inspection {
  const { config, report, truth } = preview;
  const series = seriesOf(preview);
  return {
    preview,
    report,
    isComplete: false,
    series,
    truth,
    config,
    expectedLags: undefined,
    validation: undefined,
    measures,
    awaitsFloor: true,
    shares: preview.latentShares.kinds,
    comparisons: comparisonsOf({ report, truth, series, measures }),
  };
}
