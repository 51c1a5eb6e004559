import type { Facts } from './facts';
import { familiesSection } from './families';
import { siteHeader } from './header';
import { introduction } from './introduction';
import { element, markup, type Child, type Html } from './markup';
import { measuresSection } from './measures';
import { groupsOf, parametersSection } from './parameters';
import { familyId, groupId, linkTo, nameCode } from './text';

function entries(links: readonly Child[]): Html {
  return element(
    'ul',
    {},
    links.map((link) => element('li', {}, link)),
  );
}

/** Phones show only the headings; all entries would fill the screen. */
function contents({ families, parameters }: Facts): Html {
  return element(
    'nav',
    { class: 'contents', 'aria-label': 'Contents' },
    linkTo('families', 'Families'),
    entries(families.map(({ name }) => linkTo(familyId(name), name))),
    linkTo('parameters', 'Parameters'),
    groupsOf(parameters).map(([group, members]) => [
      element('a', { class: 'contents-group', href: `#${groupId(group)}` }, group),
      entries(members.map(({ key }) => linkTo(key, nameCode(key)))),
    ]),
    linkTo('measures', 'Measures'),
  );
}

/** The body of the reference page. */
export function referencePage(facts: Facts): string {
  const keys = new Set(facts.parameters.map(({ key }) => key));
  return markup([
    siteHeader('Reference', './'),
    element(
      'div',
      { class: 'reference-body' },
      contents(facts),
      element(
        'main',
        { class: 'reference-main' },
        introduction(facts),
        familiesSection(facts.families, keys),
        parametersSection(facts, keys),
        measuresSection(facts.measures, keys),
      ),
    ),
  ]);
}
