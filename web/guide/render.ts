import { createSynthgen } from 'synthgen';

import { renderMarkdown } from './markdown';
import { guidePage, type FilledPage } from './page';
import { guidePages } from './pages';
import { coreTables } from './tables';

const sources = import.meta.glob<string>('./*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every page of the guide by its name. Loads the compiled core for the tables. */
export async function renderGuide(): Promise<Map<string, FilledPage>> {
  const tables = coreTables(await createSynthgen());
  const pages = guidePages.map((name) => {
    const source = sources[`./${name}.md`];
    if (source === undefined) throw new Error(`web/guide/${name}.md is missing`);
    return { name, ...renderMarkdown(source, tables) };
  });
  return new Map(guidePages.map((name) => [name, guidePage(pages, name)]));
}
