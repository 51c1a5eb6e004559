/** The guide's pages in reading order: `quick-start` is quick-start.md and guide/quick-start.html. */
export const guidePages = [
  'quick-start',
  'generating',
  'markov-sources',
  'tasks',
  'formats',
  'analysis',
  'floor',
  'models',
  'curricula',
  'large-datasets',
  'cpp',
  'javascript',
  'custom-generators',
  'pytorch',
  'guarantees',
  'development',
] as const;
