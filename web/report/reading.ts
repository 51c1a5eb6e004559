import type { Measure, Report } from 'synthgen';

import { comparisonsOf, type Expected } from '../src/model/comparisons';
import type { DetailedReport, Reading } from '../src/model/reading';

/** What the program writes into the report. */
export interface ReportData {
  files: string[];
  version: string;
  measures: Measure[];
  report: Report & DetailedReport;
}

/** What is expected of the data, where its manifest tells how it was made. */
function truthOf({ report, measures }: ReportData): Expected[] {
  return Object.entries(report.expected ?? {}).flatMap(([name, entry]) => {
    const { value, formula, standard_error } = entry;
    const unit = measures.find((measure) => measure.name === name)?.unit ?? '';
    const error = typeof standard_error === 'number' ? standard_error : 0;
    return typeof value === 'number' ? [{ name, value, formula, unit, error }] : [];
  });
}

function lagsOf({ report }: ReportData): Reading['expectedLags'] {
  const lags = report.expected?.['lag_equality']?.value;
  return Array.isArray(lags) ? (lags as (number | null)[]) : undefined;
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
    expectedLags: lagsOf(data),
    validation: undefined,
    measures,
  };
}
