import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { guidePages } from '../../../../web/guide/pages';
import { renderGuide } from '../../../../web/guide/render';
import { gatherFacts } from '../../../../web/reference/facts';
import { referencePage } from '../../../../web/reference/page';

const guide = await renderGuide();
const reference = referencePage(gatherFacts(await createSynthgen()));

const idsOf = (html: string) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '');
const hrefsOf = (html: string) =>
  [...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href ?? '');

/** The ids of every page that a page of the guide can link to, by its path from there. */
const targets = new Map<string, string[]>([
  ['../', []],
  ['../index.html', []],
  ['../reference.html', idsOf(reference)],
]);
for (const name of guidePages) targets.set(`${name}.html`, idsOf(guide.get(name)?.body ?? ''));

test('every Markdown file is a page, and every page has one', () => {
  const files = Object.keys(import.meta.glob('../../../../web/guide/*.md'));
  const names = files.map((file) => file.replace(/^.*\/([\w-]+)\.md$/, '$1'));
  expect(names.toSorted()).toEqual([...guidePages].toSorted());
});

for (const name of guidePages) {
  const page = guide.get(name);

  test(`${name}: every link leads to a page and a place that exist`, () => {
    const dead = hrefsOf(page?.body ?? '').filter((href) => {
      const [path = '', id] = href.replace(/^\.\.\/guide\//, '').split('#');
      const ids = targets.get(path === '' ? `${name}.html` : path);
      return ids === undefined || (id !== undefined && !ids.includes(id));
    });
    expect(dead).toEqual([]);
  });

  test(`${name}: every id occurs once, and it links to every other page`, () => {
    const ids = idsOf(page?.body ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    const hrefs = hrefsOf(page?.body ?? '');
    for (const other of guidePages) expect(hrefs).toContain(`${other}.html`);
  });

  test(`${name}: title and description fit search results`, () => {
    expect(page?.title).toMatch(/ – synthgen guide$/);
    expect(page?.description.length).toBeGreaterThan(40);
    expect(page?.description).not.toMatch(/[<>\n]|&(?!amp;)/);
  });
}

test('the families come from the core', async () => {
  const core = await createSynthgen();
  const page = guide.get('generating')?.body ?? '';
  for (const { name } of core.families()) {
    expect(page).toContain(`href="../reference.html#family-${name}"`);
  }
});
