// The lines that the guide gives to embed a view, copied into tools that make documentation: each page is
// built, served from another origin than the site, and opened.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { newPage } from '../web/support/browser.js';
import { repository } from '../web/support/site.js';
import { browser, site } from '../web/support/visits.js';

const guide = readFileSync(join(repository, 'web/guide/embedding.md'), 'utf8');
const blocks = [...guide.matchAll(/^```html\n([^]*?)^```$/gm)].map(([, text]) => text);
const [element, , frame] = blocks;

const works = (command, parameters) => spawnSync(command, parameters).status === 0;

/** Each tool makes an HTML page of Markdown text in a folder, and returns its path there. */
const tools = {
  MkDocs: {
    isHere: works('mkdocs', ['--version']),
    make(folder, text) {
      mkdirSync(join(folder, 'docs'));
      writeFileSync(join(folder, 'docs/index.md'), text);
      writeFileSync(join(folder, 'mkdocs.yml'), 'site_name: Views\n');
      execFileSync('mkdocs', ['build', '--quiet'], { cwd: folder });
      return 'site/index.html';
    },
  },
  'Jupyter’s HTML': {
    isHere: works('/usr/bin/python3', ['-m', 'nbconvert', '--version']),
    make(folder, text) {
      const output = { output_type: 'display_data', metadata: {}, data: { 'text/html': text } };
      const cell = { cell_type: 'code', execution_count: 1, metadata: {}, source: '%%html' };
      const cells = [{ ...cell, id: 'view', outputs: [output] }];
      const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
      writeFileSync(join(folder, 'views.ipynb'), JSON.stringify(notebook));
      const convert = ['-m', 'nbconvert', '--to', 'html', 'views.ipynb'];
      execFileSync('/usr/bin/python3', convert, { cwd: folder, stdio: 'ignore' });
      return 'views.html';
    },
  },
};

for (const [name, { isHere, make }] of Object.entries(tools)) {
  test(
    `${name}: the guide’s element and frame are drawn where their lines were copied`,
    { skip: !isHere && 'not installed: tools/setup documentation' },
    async (context) => {
      const folder = mkdtempSync(join(tmpdir(), 'synthgen-documentation-'));
      context.after(() => rmSync(folder, { recursive: true }));
      const text = `# Views\n\nFirst an element.\n\n${element}\nThen a frame.\n\n${frame}\nThe end.\n`;
      const html = readFileSync(
        join(folder, make(folder, text.replaceAll('https://HOST/', site.url))),
      );
      const server = createServer((request, response) => {
        if (request.url !== '/') response.statusCode = 404;
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(request.url === '/' ? html : '');
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const page = await newPage(browser);
      context.after(async () => {
        await page.context().close();
        server.closeAllConnections();
        server.close();
      });
      await page.goto(`http://127.0.0.1:${server.address().port}/`, {
        waitUntil: 'domcontentloaded',
      });
      const [view, framed] = ['synthgen-view', 'iframe'].map((tag) => page.locator(tag));
      for (const [place, inside] of [
        [view, view],
        [framed, framed.contentFrame()],
      ]) {
        await place.scrollIntoViewIfNeeded();
        await inside.locator('.raster canvas').first().waitFor();
        await inside.getByRole('row', { name: 'average entropy' }).waitFor();
        assert.ok(await inside.getByRole('slider', { name: 'Noise' }).isVisible());
      }
    },
  );
}
