import type { Config } from 'synthgen';

export interface Preset {
  name: string;
  config: Config;
}

const small = { vocab_size: 1000, seq_length: 256, num_train: 10000, num_val: 1000 };

const templates = [
  [1, 'RANDOM', 'RANDOM', 2, 'PATTERN', 'PATTERN'],
  [3, 'PATTERN', 'RANDOM', 'PATTERN', 4],
  [{ repeat: 10, of: ['RANDOM'] }, 5, { repeat: 5, of: ['PATTERN'] }],
];

const components = [
  { weight: 2, config: { generator: 'pattern', pattern_probability: 0.6 } },
  { weight: 1, config: { generator: 'random' } },
];

/** What a visitor sees first. */
export const openingPreset: Preset = {
  name: 'Noisy pattern',
  config: { generator: 'pattern', ...small, noise_probability: 0.05 },
};

/** Configs worth a look: each family at its plainest, then contrasts. */
export const presets: Preset[] = [
  { name: 'Random tokens', config: { generator: 'random', ...small, seq_length: 128 } },
  {
    name: 'Patterns',
    config: {
      generator: 'pattern',
      ...small,
      pattern_types: ['repetition', 'alternation', 'progression'],
    },
  },
  { name: 'Hierarchy', config: { generator: 'hierarchical', ...small } },
  { name: 'Conditions', config: { generator: 'conditional', ...small } },
  {
    name: 'Templates',
    config: { generator: 'template', ...small, seq_length: 64, templates, template_fill: 'cycle' },
  },
  { name: 'All at once', config: { generator: 'composed', ...small, noise_probability: 0.02 } },
  { name: 'Mixture', config: { generator: 'mixture', ...small, components } },
  openingPreset,
  { name: 'Pure noise', config: { generator: 'pattern', ...small, noise_probability: 1 } },
  {
    name: 'Only repetition',
    config: {
      generator: 'pattern',
      ...small,
      pattern_probability: 1,
      pattern_types: ['repetition'],
    },
  },
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
  {
    name: 'Uneven lengths',
    config: { generator: 'pattern', ...small, length_variation: 0.5 },
  },
];

/** What a family cannot do without and has no default: the page starts it with something to see. */
const starters: Record<string, Config> = {
  template: { templates, template_fill: 'cycle' },
  mixture: { components },
};

/** The config with the family chosen, and with a start where the family needs one. */
export function withFamily(config: Config, generator: string): Config {
  const starter = Object.entries(starters[generator] ?? {});
  const needed = starter.some(([key]) => Object.hasOwn(config, key)) ? [] : starter;
  return { ...config, generator, ...Object.fromEntries(needed) };
}

function canonical(config: Config): string {
  return JSON.stringify(Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The preset that the config is, if it is one. */
export function presetOf(config: Config): Preset | undefined {
  const wanted = canonical(config);
  return presets.find((preset) => canonical(preset.config) === wanted);
}
