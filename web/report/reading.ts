import type { Expectation, Measure, Report } from 'synthgen';

import { comparisonsOf } from '../src/readings/comparisons';
import type { DetailedReport } from '../src/readings/detail';
import type { Reading } from '../src/readings/reading';

/** What the program writes into the report. */
export interface ReportData {
  files: string[];
  version: string;
  measures: Measure[];
  report: Report & DetailedReport;
}

/** What is expected of the data, where its manifest tells how it was made. */
function truthOf({ report, measures }: ReportData): Expectation[] {
  return Object.entries(report.expected ?? {}).map(([name, { value, formula }]) => ({
    name,
    value,
    formula,
    unit: measures.find((measure) => measure.name === name)?.unit ?? '',
  }));
}

/** The reading that charts and numbers show. */
export function readingOf(data: ReportData): Reading {
  const { report, measures } = data;
  const truth = truthOf(data);
  const series = new Map<string, number[]>();
  return {
    report,
    isComplete: true,
    series,
    truth,
    config: undefined,
    shares: [],
    comparisons: comparisonsOf({ report, truth, series, measures }),
    expectedLags: undefined,
    validation: undefined,
    measures,
  };
}
