import type { Config } from 'synthgen';

import { mixturePreset, openingPreset, small, templatePreset } from './opening_presets';
import type { Preset } from './presets';

/** One property at a time, at an extreme. */
export const contrastPresets: Preset[] = [
  { name: 'Pure noise', config: { generator: 'pattern', ...small, noise_probability: 1 } },
  {
    name: 'One pattern',
    config: {
      generator: 'pattern',
      ...small,
      pattern_probability: 1,
      pattern_types: ['repetition'],
    },
  },
  openingPreset,
  {
    name: 'Long mirrors',
    config: {
      generator: 'pattern',
      ...small,
      pattern_probability: 0.8,
      pattern_length: 64,
      pattern_types: ['reversal'],
    },
  },
  {
    name: 'Deep hierarchy',
    config: {
      generator: 'hierarchical',
      ...small,
      hierarchy_levels: 5,
      structure_probability: 0.8,
      global_coherence: 0.95,
    },
  },
  {
    name: 'Strong condition',
    config: { generator: 'conditional', ...small, condition_strength: 1 },
  },
  {
    name: 'Weak condition',
    config: { generator: 'conditional', ...small, condition_strength: 0.2 },
  },
  {
    name: 'Zipf',
    config: { generator: 'random', ...small, vocab_distribution: 'zipf', zipf_exponent: 1.1 },
  },
  templatePreset,
  { name: 'All at once', config: { generator: 'composed', ...small, noise_probability: 0.02 } },
  mixturePreset,
  {
    name: 'Recall of pairs',
    config: { generator: 'recall', ...small, seq_length: 128, random_non_queries: false },
  },
  { name: 'Uneven lengths', config: { generator: 'pattern', ...small, length_variation: 0.5 } },
];

/** A preset that compares two values of one parameter, all else equal. */
function ablation(
  name: string,
  base: Config,
  key: string,
  before: unknown,
  after: unknown,
): Preset {
  return {
    name: `${name} ${before} → ${after}`,
    config: { ...base, [key]: after },
    pinned: { ...base, [key]: before },
  };
}

const pattern = { generator: 'pattern', ...small };

/** Clean ablations: tokens that the change does not affect stay the same. */
export const ablationPresets: Preset[] = [
  ablation('Noise', pattern, 'noise_probability', 0.1, 0.2),
  ablation('Pattern probability', pattern, 'pattern_probability', 0.2, 0.5),
  ablation(
    'Condition strength',
    { generator: 'conditional', ...small },
    'condition_strength',
    0.2,
    0.6,
  ),
  ablation('Structure', { generator: 'hierarchical', ...small }, 'structure_probability', 0.2, 0.6),
  ablation(
    'Zipf exponent',
    { generator: 'random', ...small, vocab_distribution: 'zipf' },
    'zipf_exponent',
    0.5,
    1.5,
  ),
];
