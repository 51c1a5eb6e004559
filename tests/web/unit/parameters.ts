import type { Parameter } from 'synthgen';

const common = {
  unit: '',
  group: 'Group',
  families: ['random', 'pattern'],
  scale: 'linear' as const,
  help: 'What it does.',
  allowed: 'what it may be',
};

/** A parameter for tests: an integer from 0 to 100 unless `rest` says otherwise. */
export function parameter(key: string, rest: Partial<Parameter> = {}): Parameter {
  return {
    ...common,
    key,
    label: key,
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 100,
    ...rest,
  };
}

/** A small table with one parameter of each type, and of a type that no page knows. */
export const table: Parameter[] = [
  parameter('generator', { type: 'word', default: '', choices: ['random', 'pattern'] }),
  parameter('vocab_size', {
    default: 10000,
    minimum: 2,
    maximum: 2 ** 31 - 1,
    scale: 'logarithmic',
  }),
  parameter('noise_probability', { type: 'number', default: 0, maximum: 1 }),
  parameter('vocab_distribution', {
    type: 'word',
    default: 'uniform',
    choices: ['uniform', 'zipf'],
  }),
  parameter('pattern_types', {
    type: 'words',
    default: ['repetition', 'reversal'],
    choices: ['repetition', 'alternation', 'reversal'],
    families: ['pattern'],
  }),
  parameter('condition_tokens', { type: 'integers', default: [], maximum: 1000 }),
  parameter('templates', { type: 'json', default: null }),
];
