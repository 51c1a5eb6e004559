import type { Config, Family } from 'synthgen';

/** The family that code makes: the core lists only those that it makes itself. */
export const customFamily: Family = {
  name: 'custom',
  summary: 'Sequences made by code of your own: a class whose generateSequence returns token ids.',
  example: 'generateSequence() { return [1, 2, 3]; }',
};

export function isCustom({ config }: { config: Config }): boolean {
  return config['generator'] === customFamily.name;
}

/** Whether a config can be the one that others are compared with: code is not pinned. */
export function isPinnable({ generator }: Config): boolean {
  return typeof generator === 'string' && generator !== customFamily.name;
}
