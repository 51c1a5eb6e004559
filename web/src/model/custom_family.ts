import type { Config, Family } from 'synthgen';

/** The family of sequences from a visitor's code; the core lists only its own families. */
export const customFamily: Family = {
  name: 'custom',
  summary: 'Sequences from your own code: a class whose generateSequence returns token ids.',
  example: 'generateSequence() { return [1, 2, 3]; }',
  is_task: false,
  untaken: [],
};

export function isCustom({ config }: { config: Config }): boolean {
  return config['generator'] === customFamily.name;
}

/** Whether a config can be pinned; code cannot. */
export function isPinnable({ generator }: Config): boolean {
  return typeof generator === 'string' && generator !== customFamily.name;
}
