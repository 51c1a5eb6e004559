import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { guideGroups, guidePages } from '../../../../web/guide/pages';
import { renderGuide } from '../../../../web/guide/render';
import { gatherFacts } from '../../../../web/reference/facts';
import { referencePage } from '../../../../web/reference/page';
import { decodeHash } from '../../../../web/src/state/hash';

const core = await createSynthgen();
const { pages: guide } = await renderGuide();
const reference = referencePage(gatherFacts(core));

const idsOf = (html: string) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '');
const hrefsOf = (html: string) =>
  [...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href ?? '');

const site = 'http://site/';
const urlOf = (name: string) => `${site}guide/${name}.html`;

/** The ids of every page that a page of the guide can link to, by its address. */
const targets = new Map<string, string[]>([[`${site}reference.html`, idsOf(reference)]]);
for (const name of guidePages) targets.set(urlOf(name), idsOf(guide.get(name)?.body ?? ''));

/** Links of the playground: their fragments are states. */
const playground = [site, `${site}index.html`];

test('every Markdown file is a page, and every page has one', () => {
  const files = Object.keys(import.meta.glob('../../../../web/guide/{*,*/*}.md'));
  const names = files.map((file) => file.replace(/^.*\/web\/guide\/(.+)\.md$/, '$1'));
  expect(names.toSorted()).toEqual([...guidePages].toSorted());
  expect(new Set(guidePages).size).toBe(guidePages.length);
});

for (const name of guidePages) {
  const page = guide.get(name);

  test(`${name}: every link leads to a page and a place that exist`, () => {
    const dead = hrefsOf(page?.body ?? '').filter((href) => {
      const [path = '', id] = new URL(href.replaceAll('&amp;', '&'), urlOf(name)).href.split('#');
      if (playground.includes(path)) return false;
      const ids = targets.get(path);
      return ids === undefined || (id !== undefined && !ids.includes(id));
    });
    expect(dead).toEqual([]);
  });

  test(`${name}: every id occurs once, and it links to every other page`, () => {
    const ids = idsOf(page?.body ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    const hrefs = hrefsOf(page?.body ?? '').map((href) => new URL(href, urlOf(name)).href);
    for (const other of guidePages) expect(hrefs).toContain(urlOf(other));
  });

  test(`${name}: title and description fit search results`, () => {
    expect(page?.title).toMatch(/ – synthgen guide$/);
    expect(page?.description.length).toBeGreaterThan(40);
    expect(page?.description).not.toMatch(/[<>\n]|&(?!amp;)/);
  });
}

/** The text of a section of the second level. */
function section(body: string, id: string): string {
  const [, rest = ''] = body.split(`<h2 id="${id}">`);
  return rest.split('<h2 ')[0] ?? '';
}

test('the families come from the core, and each has a page that the list and the reference lead to', () => {
  for (const page of ['generating', 'families/index']) {
    const hrefs = hrefsOf(guide.get(page)?.body ?? '').map(
      (href) => new URL(href, urlOf(page)).href,
    );
    for (const { name } of core.families()) expect(hrefs).toContain(urlOf(`families/${name}`));
    expect(hrefs).toContain(urlOf('custom-generators'));
  }
});

for (const { name } of core.families()) {
  test(`the page of ${name} defines it, shows it, and links each of its parameters to its entry`, () => {
    const body = guide.get(`families/${name}`)?.body ?? '';
    expect(body).toContain(`<synthgen-view config="{&quot;generator&quot;:&quot;${name}&quot;`);
    for (const id of ['what-to-expect', 'floor', 'latents', 'labels', 'parameters']) {
      expect(section(body, id), id).not.toBe('');
    }
    const all = core.families().length + 1;
    for (const { key, families } of core.parameters()) {
      const isOwn = families.includes(name) && families.length < all;
      const links = section(body, 'parameters').includes(`href="../../reference.html#${key}"`);
      if (isOwn) expect(links, key).toBe(true);
    }
    const generator = core.generator(
      gatherFacts(core).families.find((f) => f.name === name)!.config,
    );
    for (const expectation of generator.truth()) {
      expect(section(body, 'what-to-expect')).toContain(`>${expectation.name}</code>`);
    }
    generator.delete();
  });
}

const views = (html: string) => html.split('<synthgen-view ').length - 1;

test('pages of families and tasks have a live view, and each trouble one of it and one of its cure', () => {
  const shown = guideGroups.filter(({ title }) => ['Families', 'Research tasks'].includes(title));
  for (const name of shown.flatMap(({ pages }) => pages))
    expect(views(guide.get(name)?.body ?? ''), name).toBeGreaterThan(0);
  const body = guide.get('troubleshooting')?.body ?? '';
  const troubles = [...body.matchAll(/<h2 id="([^"]*)">/g)].map(([, id]) => id ?? '');
  expect(troubles.length).toBe(5);
  for (const id of troubles) expect(views(section(body, id)), id).toBe(2);
});

test('every preset of a paper is on the page of its task, with a link that opens it', () => {
  const research = [...guide].map(([, { body }]) => body).join('');
  for (const { name, config } of core.presets()) {
    const cell = `<code class="name">${name}</code></a>`;
    expect(research).toContain(cell);
    const [, hash = ''] =
      research.match(new RegExp(`href="../../#([^"]*)"><code class="name">${name}<`)) ?? [];
    const { state, notices } = decodeHash(hash.replaceAll('&amp;', '&'), core.parameters());
    expect(notices).toEqual([]);
    expect(state.config).toEqual(config);
  }
});

test('names of parameters, measures and families in the text are links to their entries', () => {
  const body = guide.get('families/index')?.body ?? '';
  expect(body).toContain(
    '<a href="../../reference.html#noise_probability"><code>noise_probability</code></a>',
  );
  expect(guide.get('troubleshooting')?.body).toContain(
    '<a href="../reference.html#measure-pattern_ratio"><code>pattern_ratio</code></a>',
  );
  expect(guide.get('generating')?.body).toContain(
    '<a href="families/random.html"><code>random</code></a>',
  );
});
