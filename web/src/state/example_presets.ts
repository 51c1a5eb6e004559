import type { Preset } from './presets';

const templates = [
  [1, 'RANDOM', 'RANDOM', 2, 'PATTERN', 'PATTERN'],
  [3, 'PATTERN', 'RANDOM', 'PATTERN', 4],
  [{ repeat: 10, of: ['RANDOM'] }, 5, { repeat: 5, of: ['PATTERN'] }],
];

/** Small configs of single families; what equals the default is left out. */
export const examplePresets: Preset[] = [
  { name: 'Basic parameters', config: { generator: 'random' } },
  {
    name: 'Custom parameters',
    config: {
      generator: 'random',
      vocab_size: 5000,
      seq_length: 256,
      num_train: 10000,
      num_val: 1000,
    },
  },
  {
    name: 'Small dataset',
    config: {
      generator: 'random',
      vocab_size: 1000,
      seq_length: 128,
      num_train: 1000,
      num_val: 100,
    },
  },
  {
    name: 'Random sequences',
    config: { generator: 'random', vocab_size: 1000, seq_length: 128, num_train: 5000, num_val: 0 },
  },
  {
    name: 'Pattern sequences',
    config: {
      generator: 'pattern',
      vocab_size: 1000,
      seq_length: 256,
      num_train: 10000,
      num_val: 0,
      pattern_types: ['repetition', 'alternation', 'progression'],
    },
  },
  {
    name: 'Hierarchical sequences',
    config: { generator: 'hierarchical', vocab_size: 1000, num_train: 20000, num_val: 0 },
  },
  {
    name: 'Conditional sequences',
    config: {
      generator: 'conditional',
      vocab_size: 1000,
      seq_length: 256,
      num_train: 15000,
      num_val: 0,
    },
  },
  {
    name: 'Template sequences',
    config: { generator: 'template', vocab_size: 1000, seq_length: 256, templates },
  },
  {
    name: 'Custom generator',
    config: {
      generator: 'custom',
      vocab_size: 1000,
      seq_length: 256,
      num_train: 10000,
      num_val: 0,
      custom_params: { custom_param: 0.3 },
    },
  },
];
