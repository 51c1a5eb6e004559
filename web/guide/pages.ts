/** Pages that the navigation shows under one heading. */
export interface GuideGroup {
  title: string;
  pages: readonly string[];
}

/** The guide's pages in reading order: `quick-start` is quick-start.md and guide/quick-start.html. */
export const guideGroups: readonly GuideGroup[] = [
  { title: 'Start', pages: ['quick-start', 'generating', 'troubleshooting'] },
  {
    title: 'Families',
    pages: [
      'families/index',
      'families/random',
      'families/pattern',
      'families/hierarchical',
      'families/conditional',
      'families/template',
      'families/composed',
      'families/mixture',
      'custom-generators',
    ],
  },
  {
    title: 'Research tasks',
    pages: [
      'tasks',
      'families/recall',
      'families/mqar',
      'families/mad-recall',
      'families/safari-recall',
      'families/hmm',
      'families/markov',
    ],
  },
  { title: 'Measures and laws', pages: ['analysis', 'floor', 'models'] },
  {
    title: 'Files and training',
    pages: ['formats', 'downloads', 'trainers', 'pytorch', 'curricula', 'large-datasets'],
  },
  { title: 'In your own pages', pages: ['embedding'] },
  {
    title: 'Libraries',
    pages: ['python', 'api/python', 'javascript', 'api/javascript', 'cpp', 'api/cpp'],
  },
  { title: 'The project', pages: ['guarantees', 'development'] },
];

export const guidePages: readonly string[] = guideGroups.flatMap(({ pages }) => pages);

/** From a page of the guide to the folder `guide/`. */
export const toGuide = (page: string): string => '../'.repeat(page.split('/').length - 1);

/** From a page of the guide to the site's root. */
export const toRoot = (page: string): string => `../${toGuide(page)}`;

/** The page of a family; families that the program does not have itself are custom generators. */
export function familyPage(name: string): string | undefined {
  const page = name === 'custom' ? 'custom-generators' : `families/${name}`;
  return guidePages.includes(page) ? page : undefined;
}
