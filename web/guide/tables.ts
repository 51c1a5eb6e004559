import type { Synthgen } from 'synthgen';

import { element } from '../reference/markup';
import { familyId } from '../reference/text';
import { customFamily } from '../src/model/custom_family';
import type { Tables } from './markdown';

/** Tables of the guide; the core holds their content. */
export function coreTables(core: Synthgen): Tables {
  return {
    families: () =>
      element(
        'dl',
        { class: 'families-list' },
        [...core.families(), customFamily].map(({ name, summary, example }) =>
          element(
            'div',
            {},
            element(
              'dt',
              {},
              element(
                'a',
                { href: `../reference.html#${familyId(name)}` },
                element('code', {}, name),
              ),
            ),
            element(
              'dd',
              {},
              summary,
              element('span', { class: 'example' }, element('code', {}, example)),
            ),
          ),
        ),
      ),
  };
}
