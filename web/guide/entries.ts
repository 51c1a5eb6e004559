import type { Synthgen } from 'synthgen';

import { familyId, measureId } from '../reference/text';
import { customFamily } from '../src/model/custom_family';
import { familyPage, toGuide, toRoot } from './pages';

/** Where the guide describes a family, or else the reference, seen from a page of the guide. */
export function familyHref(name: string, from: string): string {
  const page = familyPage(name);
  return page === undefined
    ? `${toRoot(from)}reference.html#${familyId(name)}`
    : `${toGuide(from)}${page}.html`;
}

/**
 * Finds where a name that a page sets as code is described: parameters, also as flags, and measures in
 * the reference, families in the guide. Names of rows are not taken for families: machines and layouts
 * have some of the same names.
 */
export function entries(core: Synthgen, page: string) {
  const reference = `${toRoot(page)}reference.html#`;
  const keys = new Set(core.parameters().map(({ key }) => key));
  const measures = new Set(core.measures().map(({ name }) => name));
  const families = new Set([...core.families(), customFamily].map(({ name }) => name));
  return (name: string, isRowName: boolean): string | undefined => {
    const key = name.startsWith('--') ? name.slice(2).replaceAll('-', '_') : name;
    if (keys.has(key)) return reference + key;
    if (measures.has(name)) return reference + measureId(name);
    if (isRowName || !families.has(name) || familyPage(name) === page) return undefined;
    return familyHref(name, page);
  };
}
