import type { Config, Limits } from 'synthgen';

import type { PreviewCore } from '../core/preview_core';
import type { DetailedReport } from '../model/reading';
import type { Detail, DetailRequest } from './messages';
import { groupsFor } from './measure_groups';

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
  core: PreviewCore,
  { config, split, tokens, offsets, padding }: DetailRequest,
): Detail {
  const batch = { tokens, offsets, padding };
  // Advice comes with the measures that it is about, in the preview.
  const { advice: _, ...report } = core.measure<DetailedReport>(batch, {
    config: null,
    measures: groupsFor(core.describe().measures, 'after_preview'),
  });
  const validation = core.validate(limitsOf(config));
  // A visitor's own code promises nothing.
  if (config['generator'] === 'custom') return { report, expectedLags: undefined, validation };
  core.prepare(config);
  return { report, expectedLags: core.expectedLags(split), validation };
}
