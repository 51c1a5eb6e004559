import type { Config } from 'synthgen';

import { element, type Child, type Html } from './markup';

/** The items with commas between them. */
export function joined(items: readonly Child[]): Child[] {
  return items.flatMap((item, index) => (index === 0 ? [item] : [', ', item]));
}

/** A name as code that does not wrap. */
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
 * A text of the core with its parameter names linked to their entries. Names without an underscore
 * are also plain words and stay unlinked; so does `self`.
 */
export function prose(text: string, keys: ReadonlySet<string>, self?: string): Child[] {
  return text.split(/([a-z]+(?:_[a-z]+)+)/).map((part, index) => {
    if (index % 2 === 0 || !keys.has(part)) return part;
    return part === self ? nameCode(part) : linkTo(part, nameCode(part));
  });
}

/** JSON on one line, with spaces after colons and commas. */
export function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineJson).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, held]) => `"${key}": ${inlineJson(held)}`);
  return `{${entries.join(', ')}}`;
}

/** A config as a JSON file: one line per key, and per entry of a nested list. */
export function configJson(config: Config): string {
  const valueText = (value: unknown) => {
    const isNested = Array.isArray(value) && value.some((entry) => typeof entry === 'object');
    if (!isNested) return inlineJson(value);
    return `[\n${value.map((entry) => `    ${inlineJson(entry)}`).join(',\n')}\n  ]`;
  };
  const lines = Object.entries(config).map(([key, value]) => `  "${key}": ${valueText(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}
