import type { FileMeasures } from '../worker/messages';
import { comparisonsOf } from '../model/comparisons';
import type { Reading } from '../model/reading';

/** What charts and numbers show of a file: nothing is known of how it was made. */
export function fileReading({ report, series, validation, measures }: FileMeasures): Reading {
  return {
    report,
    isComplete: true,
    series,
    truth: [],
    config: undefined,
    shares: [],
    comparisons: comparisonsOf({ report, truth: [], series, measures }),
    expectedLags: undefined,
    validation,
    measures,
  };
}
