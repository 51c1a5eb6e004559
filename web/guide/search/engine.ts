import MiniSearch from 'minisearch';

import { options, type Place } from './options';

export type Hit = Pick<Place, 'id' | 'title' | 'page' | 'start'>;

/** Loads the index of the site; the function that it gives lists the best places for a query. */
export async function loadSearch(root: string): Promise<(query: string) => Hit[]> {
  const response = await fetch(`${root}search.json`);
  if (!response.ok) throw new Error(`${response.status} for search.json`);
  const index = MiniSearch.loadJSON(await response.text(), options);
  return (query) =>
    index
      .search(query, {
        prefix: true,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        boost: { title: 6, page: 2 },
        combineWith: 'AND',
      })
      .slice(0, 12)
      .map(({ id, title, page, start }) => ({ id, title, page, start }));
}
