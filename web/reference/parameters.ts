import type { Parameter } from 'synthgen';

import type { Facts } from './facts';
import { element, type Child, type Html } from './markup';
import { familyId, groupId, joined, linkTo, nameCode, prose } from './text';

const typeNames: Record<Parameter['type'], string> = {
  integer: 'integer',
  number: 'number',
  word: 'word',
  words: 'list of words',
  integers: 'list of integers',
  json: 'JSON',
  boolean: 'true or false',
};

/** Parameters by group, in the order of the table. */
export function groupsOf(parameters: readonly Parameter[]): [string, Parameter[]][] {
  const groups = new Map<string, Parameter[]>();
  for (const parameter of parameters) {
    const group = groups.get(parameter.group);
    if (group) group.push(parameter);
    else groups.set(parameter.group, [parameter]);
  }
  return [...groups];
}

function defaultText({ default: value }: Parameter): Child {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return text === '' ? 'none' : element('code', {}, text);
}

function familyLinks({ families }: Parameter, all: number): Child {
  if (families.length === all) return 'all';
  return joined(families.map((name) => linkTo(familyId(name), name)));
}

function parameterArticle(
  parameter: Parameter,
  { families }: Facts,
  keys: ReadonlySet<string>,
): Html {
  const { key, label, help, type, allowed, unit } = parameter;
  const facts: [string, Child][] = [
    ['Default', defaultText(parameter)],
    ['Allowed', allowed],
    ['Type', typeNames[type] ?? type],
    ['Unit', unit || 'none'],
    ['Flag', element('code', {}, `--${key.replaceAll('_', '-')}`)],
    ['JSON key', element('code', {}, `"${key}"`)],
    ['Families', familyLinks(parameter, families.length)],
  ];
  return element(
    'article',
    { id: key, class: 'card entry parameter', 'aria-labelledby': `${key}-name` },
    element(
      'div',
      { class: 'entry-head' },
      element('h4', { id: `${key}-name` }, linkTo(key, nameCode(key))),
      element('span', { class: 'entry-label' }, label),
    ),
    element('p', {}, prose(help, keys, key)),
    element(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) =>
        element('div', {}, element('dt', {}, name), element('dd', {}, value)),
      ),
    ),
  );
}

/** Each parameter once, under the same headings as the form. */
export function parametersSection(facts: Facts, keys: ReadonlySet<string>): Html {
  return element(
    'section',
    { id: 'parameters', 'aria-labelledby': 'parameters-title' },
    element('h2', { id: 'parameters-title' }, 'Parameters'),
    groupsOf(facts.parameters).map(([group, parameters]) =>
      element(
        'section',
        { id: groupId(group), class: 'group', 'aria-labelledby': `${groupId(group)}-title` },
        element('h3', { id: `${groupId(group)}-title` }, group),
        parameters.map((parameter) => parameterArticle(parameter, facts, keys)),
      ),
    ),
  );
}
