import type { Config, Limits, Synthgen } from 'synthgen';

import type { DetailedReport } from '../readings/detail';
import type { Detail, DetailRequest } from './messages';

/** The measures that charts and numbers show beyond a preview's, as the core calls them. */
const slowMeasures = ['lag_equality', 'mutual_information', 'zipf_exponent'];

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
  const known = new Set(synthgen.measures().map(({ name }) => name));
  const measures = slowMeasures.filter((name) => known.has(name));
  const report: object = measures.length > 0 ? synthgen.analyzeSequences(batch, { measures }) : {};
  return {
    report: report as DetailedReport,
    validation: synthgen.validateSyntheticData(batch, limitsOf(config)),
  };
}
