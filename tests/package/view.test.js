// The element <synthgen-view> of the installed package: in node, and in pages that bundle it or do not.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, newPage } from '../web/support/browser.js';
import { installPackage, ownFolder, root, run, serveFolder } from './support.js';

let installed;
let project;

const folder = ownFolder(after);

before(() => {
  ({ installed, project } = installPackage(folder));
});

test('in node, as where pages are rendered on a server, its import does nothing', () => {
  const script = "import { SynthgenView } from 'synthgen/view'; console.log(typeof SynthgenView);";
  assert.equal(run(project, 'node', '--input-type=module', '--eval', script), 'function\n');
});

test('TypeScript knows the element, its events and its settings', () => {
  const use = `import type { SynthgenView, ViewChange, ViewMeasures } from 'synthgen/view';
    import 'synthgen/view';
    const view: SynthgenView = document.createElement('synthgen-view');
    view.addEventListener('measure', (event) => {
      const { comparisons } = (event as CustomEvent<ViewMeasures>).detail;
      console.log(comparisons[0]?.measured);
    });
    export const now: ViewChange | undefined = view.current;`;
  writeFileSync(join(project, 'page.ts'), use);
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--ignoreConfig'];
  const kinds = ['--module', 'preserve', '--moduleResolution', 'bundler'];
  run(project, join(root, 'node_modules/.bin/tsc'), ...options, ...kinds, 'page.ts');
});

const pageWith = (script) => `<!doctype html>
  <html lang="en">
    <title>page</title>
    <script type="module" src="${script}"></script>
    <synthgen-view config='{"generator":"pattern","vocab_size":50,"num_train":20}' view="numbers"
      playground="https://example.org/"></synthgen-view>
  </html>`;

test('it works in pages bundled by Vite and esbuild, and by one script element from another origin', async (context) => {
  const bin = (name) => join(root, 'node_modules/.bin', name);
  writeFileSync(join(project, 'main.js'), "import 'synthgen/view';\n");
  writeFileSync(join(project, 'index.html'), pageWith('./main.js'));
  run(project, bin('vite'), 'build', '--base', './', '--outDir', 'with-vite', '--logLevel', 'warn');

  // As the guide says: esbuild leaves addresses of files alone.
  const bundle = [
    '--bundle',
    '--format=esm',
    '--log-level=warning',
    '--outfile=with-esbuild/main.js',
  ];
  run(project, bin('esbuild'), 'main.js', ...bundle);
  const guide = readFileSync(join(root, 'web/guide/embedding.md'), 'utf8').replaceAll(/\s+/g, ' ');
  assert.match(
    guide,
    /copy `worker\.js`, `live\.wasm` and `tasks\.wasm` from `node_modules\/synthgen\/build\/view`/,
  );
  for (const name of ['worker.js', 'live.wasm', 'tasks.wasm'])
    copyFileSync(join(installed, 'build/view', name), join(project, 'with-esbuild', name));
  writeFileSync(join(project, 'with-esbuild/index.html'), pageWith('./main.js'));

  const there = await serveFolder(context, installed);
  mkdirSync(join(project, 'without'));
  writeFileSync(join(project, 'without/index.html'), pageWith(`${there}build/view/view.js`));

  const here = await serveFolder(context, project);
  const browser = await launch();
  context.after(() => browser.close());
  for (const name of ['with-vite', 'with-esbuild', 'without']) {
    const page = await newPage(browser);
    const complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('response', (response) => {
      const isIcon = response.url().endsWith('favicon.ico');
      if (response.status() >= 400 && !isIcon) complaints.push(response.url());
    });
    await page.goto(`${here}${name}/index.html`);
    await page.getByRole('row', { name: 'average entropy' }).waitFor();
    const link = page.getByRole('link', { name: 'Open in playground' });
    assert.match(await link.getAttribute('href'), /^https:\/\/example\.org\/#generator=pattern&/);
    const errors = complaints.filter((text) => !text.includes('404'));
    assert.deepEqual(errors, [], name);
    await page.context().close();
  }
});
