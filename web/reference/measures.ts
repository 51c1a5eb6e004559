import type { Measure } from 'synthgen';

import { element, type Html } from './markup';
import { table } from './table';
import { linkTo, measureId, nameCode, prose } from './text';

/** Each measure with its definition. */
export function measuresSection(measures: readonly Measure[], keys: ReadonlySet<string>): Html {
  const rows = measures.map(({ name, formula, unit, range, source }) => {
    const id = measureId(name);
    return [
      { id, content: linkTo(id, nameCode(name)) },
      { content: prose(formula, keys) },
      { content: unit || 'none' },
      { content: prose(range, keys) },
      { content: source },
    ];
  });
  return element(
    'section',
    { id: 'measures', 'aria-labelledby': 'measures-title' },
    element('h2', { id: 'measures-title' }, 'Measures'),
    element(
      'div',
      { class: 'card entry' },
      table(
        ['What ', element('code', {}, 'synthgen analyze'), ' and the playground report'],
        ['measure', 'formula', 'unit', 'range', 'source'],
        rows,
      ),
    ),
  );
}
