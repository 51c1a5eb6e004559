import { createSynthgen, type Synthgen } from 'synthgen';

import { gatherFacts } from '../reference/facts';
import { apiTables } from './api/tables';
import { entries } from './entries';
import { familyTables } from './family_tables';
import { floorCharts } from './floor_chart';
import { renderMarkdown } from './markdown';
import { guidePage, type FilledPage, type GuidePage } from './page';
import { guideGroups, guidePages, toRoot } from './pages';
import { searchIndex } from './search/documents';
import { coreTables } from './tables';
import { liveViews } from './view';

const sources = import.meta.glob<string>(['./*.md', './families/*.md', './api/*.md'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The guide's HTML by the names of its pages, and what the site's search asks. */
export interface Guide {
  pages: Map<string, FilledPage>;
  search: string;
}

function rendered(core: Synthgen, name: string): GuidePage {
  const source = sources[`./${name}.md`];
  if (source === undefined) throw new Error(`web/guide/${name}.md is missing`);
  const root = toRoot(name);
  const tables = { ...coreTables(core, name), ...familyTables(core, root), ...apiTables() };
  try {
    const page = renderMarkdown(source, tables, {
      depth: name.split('/').length - 1,
      entryOf: entries(core, name),
      blocks: { 'synthgen-view': liveViews(core, root), 'synthgen-floor': floorCharts(core, root) },
    });
    return { name, ...page };
  } catch (error) {
    throw new Error(`web/guide/${name}.md: ${(error as Error).message}`, { cause: error });
  }
}

/** Every page of the guide. Loads the compiled core for what it knows itself. */
export async function renderGuide(): Promise<Guide> {
  const core = await createSynthgen();
  const pages = new Map(guidePages.map((name) => [name, rendered(core, name)]));
  return {
    pages: new Map(guidePages.map((name) => [name, guidePage(guideGroups, pages, name)])),
    search: searchIndex([...pages.values()], gatherFacts(core)),
  };
}
