import { siteHeader } from '../reference/header';
import { element, markup, type Html } from '../reference/markup';
import type { Rendered } from './markdown';
import { toGuide, toRoot, type GuideGroup } from './pages';

export interface GuidePage extends Rendered {
  /** Its path in the guide, without extension. */
  name: string;
}

/** What goes into page.html, as HTML. */
export interface FilledPage {
  title: string;
  description: string;
  body: string;
}

const hrefFrom = (current: GuidePage, { name }: GuidePage) =>
  `${toGuide(current.name)}${name}.html`;

/** Titles of families and tasks say after a colon what they are; their names are enough in lists. */
const shortTitle = ({ title }: GuidePage) => title.replace(/:.*/, '');

function entry(page: GuidePage, current: GuidePage): Html {
  const isCurrent = page === current;
  const link = element(
    'a',
    { href: hrefFrom(current, page), 'aria-current': isCurrent ? 'page' : undefined },
    shortTitle(page),
  );
  if (!isCurrent || page.sections.length === 0) return element('li', {}, link);
  const sections = page.sections.map(({ id, title }) =>
    element('li', {}, element('a', { href: `#${id}` }, title)),
  );
  return element('li', {}, link, element('ul', { class: 'sections' }, sections));
}

/** All pages by group, the current one's open; below the current page, its sections. */
function contents(
  groups: readonly GuideGroup[],
  pages: ReadonlyMap<string, GuidePage>,
  current: GuidePage,
): Html {
  return element(
    'nav',
    { class: 'contents', 'aria-label': 'Guide' },
    groups.map(({ title, pages: names }) =>
      element(
        'details',
        { open: names.includes(current.name) ? '' : undefined },
        element('summary', {}, title),
        element(
          'ul',
          {},
          names.map((name) => entry(pages.get(name)!, current)),
        ),
      ),
    ),
  );
}

function neighbour(
  current: GuidePage,
  page: GuidePage | undefined,
  rel: 'prev' | 'next',
  label: string,
): Html {
  if (page === undefined) return element('span');
  return element(
    'a',
    { href: hrefFrom(current, page), rel },
    element('span', { class: 'neighbour-label' }, label),
    shortTitle(page),
  );
}

/** One page among all of them: its contents, text and neighbours. */
export function guidePage(
  groups: readonly GuideGroup[],
  pages: ReadonlyMap<string, GuidePage>,
  name: string,
): FilledPage {
  const order = [...pages.values()];
  const page = pages.get(name);
  if (page === undefined) throw new Error(`the guide has no page ${name}`);
  const index = order.indexOf(page);
  const body = [
    siteHeader('Guide', toRoot(name)),
    element(
      'div',
      { class: 'reference-body' },
      contents(groups, pages, page),
      element(
        'main',
        { class: 'reference-main guide-main' },
        page.body,
        element(
          'nav',
          { class: 'neighbours', 'aria-label': 'Neighbouring pages' },
          neighbour(page, order[index - 1], 'prev', 'Previous'),
          neighbour(page, order[index + 1], 'next', 'Next'),
        ),
      ),
    ),
  ];
  return {
    title: markup(`${page.title} – synthgen guide`),
    description: markup(page.summary),
    body: markup(body),
  };
}
