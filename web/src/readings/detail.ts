import type { Advice } from 'synthgen';

export type { Advice };

/** Counts in bins of a measure's values over sequences, and how they spread. */
export interface Distribution {
  count: number;
  mean: number;
  sd: number;
  min: number;
  max: number;
  quantiles: Record<string, number>;
  histogram: { edges: number[]; counts: number[] };
}

/** Measures that are in a report when they were asked for. */
export interface DetailedReport {
  lag_equality?: { lag: number[]; share: (number | null)[] };
  mutual_information?: {
    distance: number[];
    bits: (number | null)[];
    /** The same on shuffled tokens. */
    baseline: (number | null)[];
  };
  zipf_exponent?: number | null;
  distributions?: Record<string, Distribution>;
  /** Closed forms for the data, where its manifest tells how it was made; a list is one a lag. */
  expected?: Record<string, { value: number | (number | null)[]; formula: string }>;
  advice?: Advice[];
}
