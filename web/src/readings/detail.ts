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

/** By lag or distance. */
type Numbers = (number | null)[];

interface ExpectedInformation {
  bits: Numbers;
  baseline: Numbers;
}

interface Expected<Value = unknown> {
  value: Value;
  formula: string;
  /** Where the value is no closed form but was simulated; of the same form as that. */
  standard_error?: unknown;
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
  /** What is expected of the data, where its manifest tells how it was made. */
  expected?: Record<string, Expected> & { mutual_information?: Expected<ExpectedInformation> };
  advice?: Advice[];
}
