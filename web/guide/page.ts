import { siteHeader } from '../reference/header';
import { element, markup, type Html } from '../reference/markup';
import type { Rendered } from './markdown';

export interface GuidePage extends Rendered {
  /** The name of its file, without extension. */
  name: string;
}

/** What goes into page.html, as HTML. */
export interface FilledPage {
  title: string;
  description: string;
  body: string;
}

const hrefOf = ({ name }: GuidePage) => `${name}.html`;

/** All pages; below the current one, its sections. */
function contents(pages: readonly GuidePage[], current: GuidePage): Html {
  return element(
    'nav',
    { class: 'contents', 'aria-label': 'Guide' },
    pages.map((page) => {
      const isCurrent = page === current;
      const link = element(
        'a',
        { href: hrefOf(page), 'aria-current': isCurrent ? 'page' : undefined },
        page.title,
      );
      if (!isCurrent || page.sections.length === 0) return link;
      const sections = page.sections.map(({ id, title }) =>
        element('li', {}, element('a', { href: `#${id}` }, title)),
      );
      return [link, element('ul', {}, sections)];
    }),
  );
}

function neighbour(page: GuidePage | undefined, rel: 'prev' | 'next', label: string): Html {
  if (page === undefined) return element('span');
  return element(
    'a',
    { href: hrefOf(page), rel },
    element('span', { class: 'neighbour-label' }, label),
    page.title,
  );
}

/** One page among all of them: its contents, text and neighbours. */
export function guidePage(pages: readonly GuidePage[], name: string): FilledPage {
  const index = pages.findIndex((page) => page.name === name);
  const page = pages[index];
  if (page === undefined) throw new Error(`the guide has no page ${name}`);
  const body = [
    siteHeader('Guide', '../'),
    element(
      'div',
      { class: 'reference-body' },
      contents(pages, page),
      element(
        'main',
        { class: 'reference-main guide-main' },
        page.body,
        element(
          'nav',
          { class: 'neighbours', 'aria-label': 'Neighbouring pages' },
          neighbour(pages[index - 1], 'prev', 'Previous'),
          neighbour(pages[index + 1], 'next', 'Next'),
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
