import type { Measure, Report } from 'synthgen';

import { comparisonsOf } from '../src/model/comparisons';
import { lagsOf, truthOf } from '../src/model/expected';
import type { DetailedReport, Reading } from '../src/model/reading';

/** What the program writes into the report. */
export interface ReportData {
  files: string[];
  version: string;
  measures: Measure[];
  report: Report & DetailedReport;
}

/** The reading that charts and numbers show. */
export function readingOf(data: ReportData): Reading {
  const { report, measures } = data;
  const truth = truthOf(report, measures);
  const series = new Map<string, number[]>();
  return {
    report,
    isComplete: true,
    series,
    truth,
    config: undefined,
    shares: [],
    comparisons: comparisonsOf({ report, truth, series, measures }),
    expectedLags: lagsOf(report),
    validation: undefined,
    measures,
  };
}
