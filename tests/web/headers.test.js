// What the site asks its host to send with every file, and what that keeps out.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { addFrame, elsewhere } from './support/probes.js';
import { headersOf, repository, serveSite, siteRules } from './support/site.js';
import { blankPage, site } from './support/visits.js';

const policy = 'Content-Security-Policy';

test('the policy of the headers is that of the pages, and allows only the site to frame them', async () => {
  const rules = await siteRules();
  const page = await readFile(join(repository, 'build/site/index.html'), 'utf8');
  const [, inPage] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page);
  const sent = inPage.replaceAll('&#39;', "'");
  assert.match(sent, /^default-src 'none'; .*; frame-src 'none'; /);
  assert.doesNotMatch(sent, /'unsafe-(inline|eval|hashes)'|https?:|\*/);
  const everywhere = [
    [policy, sent],
    ['X-Content-Type-Options', 'nosniff'],
    ['Access-Control-Allow-Origin', '*'],
  ];
  const unframed = [...everywhere, [policy, "frame-ancestors 'self'"]];
  for (const path of ['/', '/index.html', '/reference.html', '/guide/formats.html'])
    assert.deepEqual(headersOf(rules, path), unframed, path);
  for (const path of ['/embed.html', '/view.js'])
    assert.deepEqual(headersOf(rules, path), everywhere, path);
});

test('the guide’s lines for nginx send the same', async () => {
  const guide = await readFile(join(repository, 'web/guide/development.md'), 'utf8');
  const [, lines] = /^```nginx\n([^]*?)^```$/m.exec(guide);
  for (const { path, headers } of await siteRules()) {
    for (const [name, value] of headers) {
      if (path === '/*') {
        const quoted = /[ *]/.test(value) ? `"${value}"` : value;
        assert.ok(
          lines.includes(`    add_header ${name} ${quoted} always;\n`),
          `${name}: ${value}`,
        );
      } else {
        // Other rules are rows of a map from addresses to the header's value.
        const address = `^/synthgen${path.replace(/\.html$/, '\\$&').replace(/\*$/, '')}`;
        const row = `    ~${address}${path.endsWith('*') ? '' : '$'} "${value}";\n`;
        assert.ok(lines.includes(row), row);
      }
    }
  }
});

test('npm start serves the site with these headers', async (context) => {
  const preview = spawn('npx', ['vite', 'preview', 'web', '--port', '0', '--host', '127.0.0.1'], {
    cwd: repository,
    detached: true,
  });
  context.after(() => process.kill(-preview.pid));
  let output = '';
  preview.stdout.on('data', (text) => (output += text));
  // eslint-disable-next-line no-control-regex
  const address = () => /http:\/\/127\.0\.0\.1:\d+\//.exec(output.replace(/\x1b\[\d+m/g, ''))?.[0];
  await until(() => address() !== undefined, 'the server printed its address');
  const rules = await siteRules();
  const [asset] = await readdir(join(repository, 'build/site/assets'));
  for (const path of ['/', '/embed.html', `/assets/${asset}`]) {
    const { headers } = await fetch(new URL(path, address()));
    const sent = headersOf(rules, path);
    for (const [name] of sent) {
      const values = sent.filter(([other]) => other === name).map(([, value]) => value);
      assert.equal(headers.get(name), values.join(', '), path);
    }
  }
  const start = await readFile(join(repository, 'tools/start'), 'utf8');
  assert.match(start, /^exec npx vite preview web /m);
});

test('another site cannot frame the playground; without the header it can', async (context) => {
  const bare = await serveSite({ withHeaders: false });
  context.after(() => bare.close());
  const { url: there } = await elsewhere(context);
  const page = await blankPage();
  for (const [framed, isShown] of [
    [site, false],
    [bare, true],
  ]) {
    await page.goto(`${there}control.html`);
    await addFrame(page, framed.url);
    const [, frame] = page.frames();
    assert.equal(frame.url().startsWith(framed.url), isShown, frame.url());
  }
  await page.context().close();
});

test('a worker from the site obeys the policy too; without the header it does not', async (context) => {
  const text = `let is = false; try { is = (0, eval)('true'); } catch {} postMessage(is);`;
  const change = (path, body) => (path === 'too_old.js' ? text : body);
  const sites = [
    [await serveSite({ change }), false],
    [await serveSite({ change, withHeaders: false }), true],
  ];
  const page = await blankPage();
  for (const [served, expected] of sites) {
    context.after(() => served.close());
    await page.goto(`${served.url}reference.html`);
    const evaluated = await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          new Worker(url).addEventListener('message', ({ data }) => resolve(data));
        }),
      `${served.url}too_old.js`,
    );
    assert.equal(evaluated, expected);
  }
  await page.context().close();
});
