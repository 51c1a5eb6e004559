import type { Config, Limits, Split, Synthgen } from 'synthgen';

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

/** The shares of equal tokens that a config promises; a visitor's own code promises none. */
function expectedLags(synthgen: Synthgen, config: Config, split: Split) {
  if (config['generator'] === 'custom') return undefined;
  const generator = synthgen.generator(config);
  try {
    return generator.expectedLagEquality(split);
  } finally {
    generator.delete();
  }
}

/** The slow measures of some sequences, and whether these are what their config allows. */
export function detailOf(
  synthgen: Synthgen,
  { config, split, tokens, offsets, padding }: DetailRequest,
): Detail {
  const batch = { tokens, offsets, ...(padding && { padding }) };
  const measured: object = synthgen.analyzeSequences(batch, { measures: slowMeasures });
  // Advice comes with the measures that it is about, in the preview.
  const { advice: _, ...report } = measured as DetailedReport;
  return {
    report,
    expectedLags: expectedLags(synthgen, config, split),
    validation: synthgen.validateSyntheticData(batch, {
      ...limitsOf(config),
      allow_duplicates: true,
    }),
  };
}
