import { element, type Html } from './markup';

const places = [
  ['Playground', './'],
  ['Guide', './guide/quick-start.html'],
  ['Reference', './reference.html'],
] as const;

export type Place = (typeof places)[number][0];

/** The field of the site's search, which guide/search/field.ts brings to life. */
function search(root: string): Html {
  return element(
    'form',
    { class: 'site-search', role: 'search', 'data-root': root },
    element('input', {
      type: 'search',
      'aria-label': 'Search the guide and the reference',
      placeholder: 'Search',
      autocomplete: 'off',
      spellcheck: 'false',
    }),
  );
}

/** The bar at the top of a page of text; `root` leads from the page to the playground. */
export function siteHeader(current: Place, root: string): Html {
  const href = (path: string) => path.replace('./', root);
  return element(
    'header',
    { class: 'header' },
    element('a', { class: 'brand', href: root }, 'synthgen'),
    element('span', { class: 'tagline' }, 'sequences whose structure is known'),
    search(root),
    element(
      'nav',
      { class: 'header-actions', 'aria-label': 'Site' },
      places.map(([name, path]) =>
        element(
          'a',
          { href: href(path), 'aria-current': name === current ? 'page' : undefined },
          name,
        ),
      ),
    ),
  );
}
