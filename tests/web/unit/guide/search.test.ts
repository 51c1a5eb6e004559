import MiniSearch from 'minisearch';
import { expect, test } from 'vitest';

import { renderGuide } from '../../../../web/guide/render';
import { sectionsOf } from '../../../../web/guide/search/documents';
import { options } from '../../../../web/guide/search/options';
import { Html } from '../../../../web/reference/markup';

test('a page is found by its sections, whose text is without markup and pictures', () => {
  const body = new Html(
    '<h1 id="a">A <em>b</em></h1><p>x &lt; <code>y_z</code></p><svg>no</svg><h2 id="c"><a href="#c">C</a></h2><p>two</p>',
  );
  const page = { name: 'families/a', title: 'A b', body };
  expect(sectionsOf(page)).toEqual([
    { id: 'guide/families/a.html', title: 'A b', page: 'A b', text: 'x < y_z', start: 'x < y_z' },
    { id: 'guide/families/a.html#c', title: 'C', page: 'A b', text: 'two', start: 'two' },
  ]);
});

test('the index of the site finds parameters, measures, families, tasks and functions', async () => {
  const { search } = await renderGuide();
  const index = MiniSearch.loadJSON(search, options);
  const first = (query: string) =>
    index
      .search(query, { prefix: true, boost: { title: 6, page: 2 }, combineWith: 'AND' })
      .slice(0, 12)
      .map(({ id }) => id);
  expect(first('noise_probability')).toContain('reference.html#noise_probability');
  expect(first('pattern ratio')).toContain('reference.html#measure-pattern_ratio');
  expect(first('mqar')).toContain('guide/families/mqar.html');
  expect(first('StreamingDataset')).toContain(
    'guide/api/python.html#torch-datasets-StreamingDataset',
  );
  expect(first('low divers')).toContain('guide/troubleshooting.html#low-diversity');
  expect(first('create_custom')).toContain('guide/api/cpp.html#generate-generator-Generator');
});
