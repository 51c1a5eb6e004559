import { formatMeasure } from '../src/model/format';
import type { FamilyFacts } from './facts';
import { element, type Html } from './markup';
import { pictureFigure } from './picture';
import { table } from './table';
import { configJson, familyId, joined, linkTo, nameCode, prose } from './text';

function ownParameters({ own }: FamilyFacts): Html {
  if (own.length === 0) return element('p', {}, 'Only the parameters that every family has.');
  const links = own.map(({ key }) => linkTo(key, nameCode(key)));
  return element('p', {}, 'Own parameters: ', joined(links));
}

/** The config of a family that needs more than its name. */
function neededConfig({ config }: FamilyFacts): Html | undefined {
  if (Object.keys(config).length === 1) return undefined;
  return element(
    'div',
    { class: 'example-config' },
    element('p', {}, 'It needs a config, for example:'),
    element('pre', {}, element('code', {}, configJson(config))),
  );
}

/** The expected values of a family with their formulas; its names link to places on the page. */
export function expectations(family: FamilyFacts, keys: ReadonlySet<string>): Html {
  if (family.truth.length === 0) return element('p', {}, 'Its code defines what to expect.');
  const isDefault = Object.keys(family.config).length === 1;
  const rows = family.truth.map(({ name, value, formula, unit }) => [
    { content: nameCode(name) },
    { content: [formatMeasure(value), unit && element('span', { class: 'unit' }, ` ${unit}`)] },
    { content: prose(formula, keys) },
  ]);
  const caption = isDefault ? 'Expected with the defaults' : 'Expected with this config';
  return table(caption, ['expectation', 'value', 'formula'], rows);
}

function familyArticle(family: FamilyFacts, keys: ReadonlySet<string>): Html {
  const { name, summary, example, hash, picture } = family;
  const id = familyId(name);
  return element(
    'article',
    { id, class: 'card entry', 'aria-labelledby': `${id}-name` },
    element(
      'div',
      { class: 'entry-head' },
      element('h3', { id: `${id}-name` }, linkTo(id, element('code', {}, name))),
      element(
        'a',
        { class: 'open-link', href: `./#${hash}` },
        'Open ',
        element('span', { class: 'visually-hidden' }, name),
        ' in the playground',
      ),
    ),
    element('p', {}, summary),
    element('p', { class: 'example' }, element('code', {}, example)),
    picture && pictureFigure(name, picture),
    ownParameters(family),
    neededConfig(family),
    expectations(family, keys),
  );
}

/** Each family: what it generates, its parameters, and their effect on the measures. */
export function familiesSection(families: readonly FamilyFacts[], keys: ReadonlySet<string>): Html {
  return element(
    'section',
    { id: 'families', 'aria-labelledby': 'families-title' },
    element('h2', { id: 'families-title' }, 'Families'),
    element(
      'p',
      {},
      'A family is a kind of structure. Its expected values are exact formulas: measure the data and compare.',
    ),
    families.map((family) => familyArticle(family, keys)),
  );
}
