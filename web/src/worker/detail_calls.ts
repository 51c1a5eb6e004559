import type { LiveSynthgen } from 'synthgen/live';

import type { DetailedReport } from '../model/reading';
import type { Detail, DetailRequest } from './messages';
import { groupsFor } from './measure_groups';

/** The slow measures of some sequences, and whether these are what their config allows. */
export function detailOf(
  module: LiveSynthgen,
  { config, split, limits, tokens, offsets, padding }: DetailRequest,
): Detail {
  const batch = { tokens, offsets, ...(padding && { padding }) };
  // Advice comes with the measures that it is about, in the preview.
  const { advice: _, ...report } = module.analyzeSequences(batch, {
    measures: groupsFor(module.measures(), 'after_preview'),
  });
  const validation = module.checkSequences(batch, limits);
  // A visitor's own code promises nothing.
  const generator = config['generator'] === 'custom' ? undefined : module.generator(config);
  const expectedLags = generator?.expectedLagEquality(split);
  generator?.delete();
  return { report: report as DetailedReport, expectedLags, validation };
}
