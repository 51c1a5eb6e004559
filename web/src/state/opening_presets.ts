import type { Preset } from './presets';

export const small = { vocab_size: 1000, seq_length: 256, num_train: 10000, num_val: 1000 };

const templates = [
  [1, 'RANDOM', 'RANDOM', 2, 'PATTERN', 'PATTERN'],
  [{ name: 'key', of: 'RANDOM' }, { range: [10, 19] }, 'RANDOM', { ref: 'key' }],
];

/** What a visitor sees first. */
export const openingPreset: Preset = {
  name: 'Noisy pattern',
  config: { generator: 'pattern', ...small, noise_probability: 0.05 },
};

export const templatePreset: Preset = {
  name: 'Templates that refer back',
  config: { generator: 'template', ...small, seq_length: 64, templates, template_fill: 'cycle' },
};

export const mixturePreset: Preset = {
  name: 'Mixture',
  config: {
    generator: 'mixture',
    ...small,
    components: [
      { weight: 2, config: { generator: 'pattern', pattern_probability: 0.6 } },
      { weight: 1, config: { generator: 'random' } },
    ],
  },
};

/** Whose required keys the page fills in when their family is chosen. */
export const starterPresets: readonly Preset[] = [templatePreset, mixturePreset];
