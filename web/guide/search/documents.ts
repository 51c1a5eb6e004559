import MiniSearch from 'minisearch';

import type { Facts } from '../../reference/facts';
import { markup, type Html } from '../../reference/markup';
import { familyId, measureId } from '../../reference/text';
import { options, type Place } from './options';

/** What is indexed of a page. */
export interface IndexedPage {
  /** Its path in the guide, without extension. */
  name: string;
  title: string;
  body: Html;
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function plainText(html: string): string {
  return html
    .replaceAll(/<(svg|figure)\b[^]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, (tag) => (/^<\/?(?:code|a|strong|em|span)\b/.test(tag) ? '' : ' '))
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function place(id: string, title: string, page: string, text: string): Place {
  const start = text.length <= 120 ? text : `${text.slice(0, 120).replace(/\s\S*$/, '')} …`;
  return { id, title, page, text, start };
}

/** A page's sections, each from its heading to the next one. */
export function sectionsOf({ name, title, body }: IndexedPage): Place[] {
  const html = markup(body);
  const heads = [...html.matchAll(/<h[1-6] id="([^"]*)">([^]*?)<\/h[1-6]>/g)];
  return heads.map(([whole, id, head = ''], index) => {
    const start = heads[index]!.index + whole.length;
    const text = plainText(html.slice(start, heads[index + 1]?.index));
    const anchor = index === 0 ? '' : `#${id}`;
    return place(`guide/${name}.html${anchor}`, plainText(head), title, text);
  });
}

function referencePlaces({ families, parameters, measures }: Facts): Place[] {
  const at = (id: string) => `reference.html#${id}`;
  return [
    ...families.map(({ name, summary }) =>
      place(at(familyId(name)), name, 'Reference: families', summary),
    ),
    ...parameters.map(({ key, label, help }) =>
      place(at(key), key, 'Reference: parameters', `${label}. ${help}`),
    ),
    ...measures.map(({ name, formula }) =>
      place(at(measureId(name)), name, 'Reference: measures', formula),
    ),
  ];
}

/** The index of the guide and the reference, as JSON. */
export function searchIndex(pages: readonly IndexedPage[], facts: Facts): string {
  const index = new MiniSearch(options);
  index.addAll([...pages.flatMap(sectionsOf), ...referencePlaces(facts)]);
  return JSON.stringify(index);
}
