import type { Config } from 'synthgen';

import { element, type Child, type Html } from './markup';

/** The items with commas between them. */
export function joined(items: readonly Child[]): Child[] {
  return items.flatMap((item, index) => (index === 0 ? [item] : [', ', item]));
}

/** A name in code, in one piece. */
export function nameCode(name: string): Html {
  return element('code', { class: 'name' }, name);
}

/** A link to a place on this page. */
export function linkTo(id: string, ...children: Child[]): Html {
  return element('a', { href: `#${id}` }, children);
}

export const familyId = (name: string): string => `family-${name}`;
export const measureId = (name: string): string => `measure-${name}`;
export const groupId = (name: string): string =>
  `group-${name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}`;

/**
 * A text of the core, in which the parameters that it names lead to theirs. Names without an
 * underscore are words as well and stay words; `self` is named without a link.
 */
export function prose(text: string, keys: ReadonlySet<string>, self?: string): Child[] {
  return text.split(/([a-z]+(?:_[a-z]+)+)/).map((part, index) => {
    if (index % 2 === 0 || !keys.has(part)) return part;
    return part === self ? nameCode(part) : linkTo(part, nameCode(part));
  });
}

/** JSON on one line, with the spaces that people write. */
export function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineJson).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, held]) => `"${key}": ${inlineJson(held)}`);
  return `{${entries.join(', ')}}`;
}

/** A config as a file of JSON would have it: a key a line, an entry of a nested list a line. */
export function configJson(config: Config): string {
  const valueText = (value: unknown) => {
    const isNested = Array.isArray(value) && value.some((entry) => typeof entry === 'object');
    if (!isNested) return inlineJson(value);
    return `[\n${value.map((entry) => `    ${inlineJson(entry)}`).join(',\n')}\n  ]`;
  };
  const lines = Object.entries(config).map(([key, value]) => `  "${key}": ${valueText(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}
