import type { Config, Limits, Synthgen } from 'synthgen';

import type { DetailedReport } from '../readings/detail';
import type { Detail, DetailRequest } from './messages';
import { slowMeasures } from './slow_measures';

/** What the config allows: its ids, and lengths from 1 to the longest that it draws. */
export function limitsOf(config: Config): Limits {
  const longest = Number(config['seq_length']) * (1 + Number(config['length_variation'] ?? 0));
  return {
    vocab_size: Number(config['vocab_size']),
    min_length: 1,
    max_length: Math.floor(longest + 0.5),
  };
}

/** The slow measures of some sequences, and whether these are what their config allows. */
export function detailOf(
  synthgen: Synthgen,
  { config, tokens, offsets, padding }: DetailRequest,
): Detail {
  const batch = { tokens, offsets, ...(padding && { padding }) };
  const measures = slowMeasures(synthgen);
  const report: object = measures.length > 0 ? synthgen.analyzeSequences(batch, { measures }) : {};
  return {
    report: report as DetailedReport,
    validation: synthgen.validateSyntheticData(batch, limitsOf(config)),
  };
}
