import type { Synthgen } from 'synthgen';

import { element } from '../reference/markup';
import { table } from '../reference/table';
import { measureId } from '../reference/text';
import { customFamily } from '../src/model/custom_family';
import { familyHref } from './entries';
import type { Tables } from './markdown';
import { toRoot } from './pages';

/** A name set as code. */
const code = (text: string) => element('code', {}, text);

/** Tables of what there is, for a page; the core holds their content. */
export function coreTables(core: Synthgen, page: string): Tables {
  return {
    families: () =>
      element(
        'dl',
        { class: 'families-list' },
        [...core.families(), customFamily].map(({ name, summary, example }) =>
          element(
            'div',
            {},
            element('dt', {}, element('a', { href: familyHref(name, page) }, code(name))),
            element(
              'dd',
              {},
              summary,
              element('span', { class: 'example' }, element('code', {}, example)),
            ),
          ),
        ),
      ),
    measures: () =>
      element(
        'div',
        { class: 'guide-table' },
        table(
          undefined,
          ['measure', 'formula', 'unit'],
          core
            .measures()
            .filter(({ in_default }) => in_default)
            .map(({ name, formula, unit }) => [
              {
                content: element(
                  'a',
                  { href: `${toRoot(page)}reference.html#${measureId(name)}` },
                  code(name),
                ),
              },
              { content: formula },
              { content: unit || 'none' },
            ]),
        ),
      ),
    formats: () =>
      element(
        'div',
        { class: 'guide-table' },
        table(
          undefined,
          ['format', 'files', 'contents', 'types of ids', 'latents'],
          core
            .formats()
            .map(({ name, extensions, summary, dtypes, latents }) => [
              { content: code(name) },
              { content: code(extensions.join(' ')) },
              { content: summary },
              { content: dtypes.length > 0 ? dtypes.join(', ') : 'text' },
              { content: latents ? 'yes' : 'no' },
            ]),
        ),
      ),
  };
}
