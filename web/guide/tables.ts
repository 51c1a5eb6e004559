import type { Synthgen } from 'synthgen';

import { element } from '../reference/markup';
import { table } from '../reference/table';
import { familyId } from '../reference/text';
import { customFamily } from '../src/model/custom_family';
import type { Tables } from './markdown';

/** A name set as code. */
const code = (text: string) => element('code', {}, text);

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
    formats: () =>
      element(
        'div',
        { class: 'guide-table' },
        table(
          undefined,
          ['format', 'files', 'contents', 'types of ids', 'labels', 'latents'],
          core
            .formats()
            .map(({ name, extensions, summary, dtypes, labels, latents }) => [
              { content: code(name) },
              { content: code(extensions.join(' ')) },
              { content: summary },
              { content: dtypes.length > 0 ? dtypes.join(', ') : 'text' },
              { content: labels ? 'yes' : 'no' },
              { content: latents ? 'yes' : 'no' },
            ]),
        ),
      ),
  };
}
