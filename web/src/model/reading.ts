import type {
  Advice,
  Config,
  Expectation,
  LatentShares,
  Measure,
  Report,
  ValidationReport,
} from 'synthgen';

import type { Stage } from './curriculum';
import type { Floor } from './floor';

export type { Advice };

/** What is expected of a number. */
export type ExpectedValue = Omit<Expectation, 'depends_on'>;

/** By lag or distance. */
type Numbers = (number | null)[];

interface ExpectedInformation {
  bits: Numbers;
  baseline: Numbers;
}

interface Expected<Value = unknown> {
  value: Value;
  formula: string;
  /** If the value was simulated: its standard error, of the same form as the value. */
  standard_error?: unknown;
}

/** A report on some measures, with what is expected of the data if its manifest is known. */
export interface DetailedReport extends Partial<Report> {
  expected?: Record<string, Expected> & { mutual_information?: Expected<ExpectedInformation> };
}

/** The groups of numbers, in the order in which they are shown. */
export const groups = ['statistics', 'quality', 'structure'] as const;

/** A measured number, and its expected value from the config. */
export interface Comparison {
  name: string;
  group: (typeof groups)[number];
  unit: string;
  formula: string;
  measured: number | undefined;
  expected: number | undefined;
  /** The standard error of the expected value, where that is an estimate. */
  expectedError?: number | undefined;
  /** Unknown where one of the two is. */
  agrees: boolean | undefined;
}

/** What was measured on sequences and what is expected of them, whatever their source. */
export interface Reading {
  report: Report & DetailedReport;
  /** Whether the measures that take longer are in the report, as far as there are any. */
  isComplete: boolean;
  /** The values of the sequences by their name in `per_sequence`; empty if only the report is known. */
  series: ReadonlyMap<string, readonly number[]>;
  /** Closed-form expectations; empty where nothing is known of the data's making. */
  truth: readonly (ExpectedValue & { error?: number })[];
  /** At each lag the expected share of equal tokens, where it is known. */
  expectedLags: readonly (number | null)[] | undefined;
  /** The canonical config that made the data, where it is known. */
  config: Config | undefined;
  /** Share of all positions for each kind that occurs; empty without latents. */
  shares: LatentShares['kinds'];
  comparisons: readonly Comparison[];
  /** Whether the sequences are what they should be; undefined while that is not known. */
  validation: ValidationReport | undefined;
  /** What the core says of its measures. */
  measures: readonly Measure[];
  /** What the best possible model pays, where that was computed. */
  floor?: Floor;
  /** The stages of a curriculum that is being edited. */
  stages?: readonly Stage[];
  /** Whether the floor is on the way. */
  awaitsFloor?: boolean;
}

/** What is expected of the mean of a series. */
export function expectationOf(
  { truth, measures }: Reading,
  series: string,
): Reading['truth'][number] | undefined {
  const mean = measures.find(({ per_sequence }) => per_sequence === series)?.name;
  return truth.find(({ name }) => name === mean);
}

/** The definition of a measure, as the core gives it; empty where it knows none. */
export function formulaOf({ measures }: Reading, name: string): string {
  return measures.find((measure) => measure.name === name)?.formula ?? '';
}
