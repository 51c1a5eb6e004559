import { element, type Html } from './markup';

const places = [
  ['Playground', './'],
  ['Guide', './guide/quick-start.html'],
  ['Reference', './reference.html'],
] as const;

export type Place = (typeof places)[number][0];

/** The bar at the top of a page of text; `root` leads from the page to the playground. */
export function siteHeader(current: Place, root: './' | '../'): Html {
  const href = (path: string) => path.replace('./', root);
  return element(
    'header',
    { class: 'header' },
    element('a', { class: 'brand', href: root }, 'synthgen'),
    element('span', { class: 'tagline' }, 'sequences whose structure is known'),
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
