const tokens = ['vocab_size', 'vocab_distribution', 'zipf_exponent'];
const lengths = ['seq_length', 'length_variation'];
const conditions = ['num_conditions', 'condition_strength'];
const hierarchy = ['hierarchy_levels', 'structure_probability', 'global_coherence'];
const patterns = ['pattern_probability', 'pattern_length', 'pattern_types'];

/** By expectation of the core the parameters that have a hand in it, in one family at least. */
export const influence: Record<string, readonly string[]> = {
  avg_length: [...lengths, ...conditions, 'templates', 'template_fill'],
  content_entropy_bits: [...tokens, 'num_conditions'],
  average_entropy: [...tokens, ...lengths],
  noise_rate: ['noise_probability', ...lengths, ...conditions, 'components'],
  local_coherence: [...tokens, ...lengths, 'noise_probability', ...patterns],
  pattern_share: ['pattern_probability', ...lengths, ...conditions],
  theme_share: [...tokens, ...lengths, 'noise_probability', ...hierarchy],
  successor_rate: [...tokens, ...lengths, ...hierarchy],
  condition_information_bits: [...tokens, 'noise_probability', ...conditions, 'condition_controls'],
  condition_pattern_share: ['condition_strength', 'pattern_types'],
};
