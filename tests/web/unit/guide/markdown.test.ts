import { describe, expect, test } from 'vitest';

import { headingId, renderMarkdown, siteHref } from '../../../../web/guide/markdown';
import { element, markup } from '../../../../web/reference/markup';

const html = (source: string, tables = {}) => markup(renderMarkdown(source, tables).body);

test('a page has the title, summary and sections of its text', () => {
  const page = renderMarkdown(
    '# The *title*\n\nFirst &\nwith `<code>`.\n\n## One & two\n\nMore.\n\n### Below\n\n## `--flag`\n',
    {},
  );
  expect(page.title).toBe('The title');
  expect(page.summary).toBe('First & with <code>.');
  expect(page.sections).toEqual([
    { id: 'one--two', title: 'One & two' },
    { id: '--flag', title: '--flag' },
  ]);
});

test('a page without a title is refused', () => {
  expect(() => renderMarkdown('Text.\n', {})).toThrow('no title');
});

test('headings with the same text get different ids', () => {
  const ids = [...html('# A\n\n## B\n\n## B\n').matchAll(/id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual(['a', 'b', 'b-1']);
});

test('ids are those of Git hosts', () => {
  expect(headingId('Labels and latents')).toBe('labels-and-latents');
  expect(headingId('What it has, now: C++')).toBe('what-it-has-now-c');
});

describe('a link', () => {
  test('to a page leads to its HTML, with its anchor', () => {
    expect(siteHref('formats.md')).toBe('formats.html');
    expect(siteHref('large-datasets.md#shards')).toBe('large-datasets.html#shards');
  });

  test('within the site stays', () => {
    for (const href of ['../reference.html#measures', '#shards', '../index.html']) {
      expect(siteHref(href)).toBe(href);
    }
  });

  test('to a file outside of the site becomes its name', () => {
    expect(siteHref('../../tools/setup')).toBeUndefined();
    expect(html('# A\n\n[tools/setup](../../tools/setup)\n')).toContain(
      '<p class="lead"><code>tools/setup</code></p>',
    );
  });
});

test('console blocks distinguish commands, continued ones too, from output', () => {
  const page = html('# A\n\n```console\n$ one \\\n  --b\n<out>\n$ two\n```\n');
  const lines = [...page.matchAll(/<span class="(\w+)">([^]*?)\n<\/span>/g)];
  expect(lines.map(([, kind, text]) => [kind, text])).toEqual([
    ['command', '$ one \\'],
    ['command', '  --b'],
    ['output', '&lt;out&gt;'],
    ['command', '$ two'],
  ]);
});

test('code in other languages is escaped and can be scrolled by keyboard', () => {
  expect(html('# A\n\n```cpp\na<b> && "c"\n```\n')).toContain(
    '<pre tabindex="0"><code>a&lt;b&gt; &amp;&amp; &quot;c&quot;</code></pre>',
  );
});

test('cells of a table carry the names of their columns', () => {
  const page = html('# A\n\n| x | `y` |\n| --- | --- |\n| 1 | **2** |\n');
  expect(page).toContain('<th role="rowheader" scope="row">1</th>');
  expect(page).toContain('<td role="cell" data-column="y"><span><strong>2</strong></span></td>');
});

test('formulas become MathML that needs no styles of its own, and dollars elsewhere stay', () => {
  const page = html(
    '# A\n\nLead.\n\nOf $x_{<t}$ and `$x$`, 5 $ or $ 6.\n\n$$\n\\frac{a}{b}\n$$\n\nEnd.\n',
  );
  expect(page).toMatch(/Of <math><msub><mi>x<\/mi><mrow>.*<mi>t<\/mi><\/mrow><\/msub><\/math> and/);
  expect(page).toContain('<code>$x$</code>, 5 $ or $ 6.</p>');
  expect(page).toMatch(
    /<div class="formula" tabindex="0"><math display="block"[^>]*>.*<mfrac><mi>a<\/mi><mi>b<\/mi><\/mfrac>/,
  );
  expect(page).not.toContain('style=');
  expect(() => html('# A\n\nLead.\n\n$\\frac{a$\n')).toThrow();
  for (const slip of ['## Of $x$', '| $x$ | b |\n| - | - |\n| 1 | 2 |'])
    expect(() => html(`# A\n\nFirst.\n\n${slip}\n`)).toThrow('only plain text');
});

test('from a page in a folder, links lead one folder further up', () => {
  expect(siteHref('../formats.md#nanogpt', 1)).toBe('../formats.html#nanogpt');
  expect(siteHref('mqar.md', 1)).toBe('mqar.html');
  expect(siteHref('families/mqar.md')).toBe('families/mqar.html');
  expect(siteHref('../../reference.html#seed', 1)).toBe('../../reference.html#seed');
  expect(siteHref('../../../tools/setup', 1)).toBeUndefined();
});

test('names set as code are links, but not inside of links and headings', () => {
  const entryOf = (name: string, isRowName: boolean) =>
    name === 'seed' && !isRowName ? '#s' : undefined;
  const source =
    '# A\n\n`seed`, `other`, [`seed`](#x)\n\n## `seed`\n\n| a | b |\n| - | - |\n| `seed` | `seed` |\n';
  const page = markup(renderMarkdown(source, {}, { entryOf }).body);
  expect(page).toContain(
    '<p class="lead"><a href="#s"><code>seed</code></a>, <code>other</code>, ',
  );
  expect(page).toContain('<a href="#x"><code>seed</code></a>');
  expect(page).toContain('<h2 id="seed"><a href="#seed"><code>seed</code></a></h2>');
  expect(page).toContain('scope="row"><code>seed</code></th>');
  expect(page).toContain('data-column="b"><span><a href="#s"><code>seed</code></a></span>');
});

test('a block synthgen-view becomes what makes views, with its settings', () => {
  const view = (text: string, settings: ReadonlyMap<string, string>) =>
    element('b', { view: settings.get('view') }, text);
  const source = '# A\n\n```synthgen-view view=raster,text\n{}\n```\n';
  expect(markup(renderMarkdown(source, {}, { blocks: { 'synthgen-view': view } }).body)).toContain(
    '<b view="raster,text">{}</b>',
  );
  expect(() => html(source)).toThrow('not a known kind of block: synthgen-view');
});

describe('a placeholder', () => {
  test('becomes the table of that name', () => {
    const tables = { families: () => element('b', {}, '<made>') };
    expect(html('# A\n\n<!-- table: families -->\n', tables)).toContain('<b>&lt;made&gt;</b>');
  });

  test('can have an argument', () => {
    const tables = { cpp: (path: string) => element('b', {}, path) };
    expect(html('# A\n\n<!-- table: cpp law/law.hpp -->\n', tables)).toContain(
      '<b>law/law.hpp</b>',
    );
  });

  test('that no table has, and raw HTML, are refused', () => {
    for (const slip of ['<!-- table: famlies -->', '<div>x</div>', 'a <b>c</b>']) {
      expect(() => html(`# A\n\n${slip}\n`)).toThrow(/known table/);
    }
  });
});
