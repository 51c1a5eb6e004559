import type { Config } from 'synthgen';

import { small } from './contrast_presets';
import type { Preset } from './presets';

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

/** Clean ablations: what the change does not touch stays the very same token. */
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
