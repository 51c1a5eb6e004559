// Code in links: read before it runs, and kept from everything but the site.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { classCode, codeOf, codeParameter, message, runCode } from './support/code.js';
import { until } from '../support/until.js';
import { goBack, hashOf, openHash, settled, goForward } from './support/page.js';
import { visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

test('code from a link is shown and does not run before the visitor runs it', async () => {
  const code = classCode('return [8, 8];');
  const link = `${hash}&code=${codeParameter(code)}`;
  const { page, close } = await visit({ hash: link });
  // The page's own workers are files of the site; one that runs code is made from text.
  const runs = [];
  page.on('worker', (worker) => worker.url().startsWith('blob:') && runs.push(worker));
  assert.equal(await message(page), 'This code came with the link. Read it, then run it.');
  assert.equal(await codeOf(page), code);
  await page.getByText('No sequences: the code has not run.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Download' }).isDisabled());
  await page.getByLabel('Sequence length', { exact: true }).fill('20');
  await page.getByRole('radio', { name: 'val' }).click();
  await settled(page);
  assert.equal(runs.length, 0);
  assert.equal(await message(page), 'This code came with the link. Read it, then run it.');

  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByRole('heading', { name: 'First 200 of 5,000 sequences × 2 tokens' }).waitFor();
  assert.equal(await message(page), '');
  await until(() => runs.length > 0, 'a worker ran the code');
  assert.equal(runs.length, 1);
  await close();
});

test('a link opened in a page that shows data leaves that data in view, marked as old', async () => {
  const { page, close } = await visit({ hash });
  const code = classCode('return [8, 8];');
  await openHash(page, `${hash}&code=${codeParameter(code)}`);
  await page.getByText('This code came with the link. Read it, then run it.').waitFor();
  await page.getByText(/The data below is from the last settings/).waitFor();
  await page.getByRole('heading', { name: 'First 200 of 50,000 sequences × 12 tokens' }).waitFor();
  assert.equal(await codeOf(page), code);
  await goBack(page);
  await settled(page);
  assert.equal(await message(page), '');
  await close();
});

test('what ran is a link; back and forward run it again without asking', async () => {
  const first = await visit({ hash });
  const code = classCode('return [1, 2, 3, 4]; // ünïcödé + /');
  await runCode(first.page, code);
  await first.page
    .getByRole('heading', { name: 'First 200 of 50,000 sequences × 4 tokens' })
    .waitFor();
  await goBack(first.page);
  await first.page
    .getByRole('heading', { name: 'First 200 of 50,000 sequences × 12 tokens' })
    .waitFor();
  assert.match(await codeOf(first.page), /CustomDataGenerator/);
  await goForward(first.page);
  await first.page
    .getByRole('heading', { name: 'First 200 of 50,000 sequences × 4 tokens' })
    .waitFor();
  const address = await hashOf(first.page);
  await first.close();

  const second = await visit({ hash: address });
  assert.equal(await codeOf(second.page), code);
  assert.match(await message(second.page), /^This code came with the link/);
  await second.close();
});

test('a link with an example, byte for byte, runs by itself; one byte more and it waits', async () => {
  const first = await visit({ hash });
  await first.page.getByLabel('Example').selectOption('TemplateDataGenerator');
  await settled(first.page);
  const example = await codeOf(first.page);
  const address = await hashOf(first.page);
  await first.close();

  const same = await visit({ hash: address });
  await same.page.getByRole('heading', { name: /^First 200 of [\d,]+ sequences/ }).waitFor();
  await same.close();
  const other = await visit({ hash: `${hash}&code=${codeParameter(`${example} `)}` });
  assert.match(await message(other.page), /^This code came with the link/);
  await other.close();
});

test('a link whose code is broken says so and opens the example', async () => {
  const { page, close } = await visit({ hash: `${hash}&code=%25%25` });
  await page.getByText(/^code: could not be read; allowed: base64url/).waitFor();
  await page.getByRole('heading', { name: 'First 200 of 50,000 sequences × 12 tokens' }).waitFor();
  await close();
});

/** A server of another origin that counts what it is asked for. */
async function elsewhere(context) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('export default 1;');
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request.url);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/`, asked };
}

test('the code can reach no other site, and its policy says so', async (context) => {
  const { url, asked } = await elsewhere(context);
  const { page, close } = await visit({ hash });
  const attempts = `
const elsewhere = ${JSON.stringify(url)};
const refused = [];
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  refused.push(effectiveDirective + ' ' + blockedURI.replace(elsewhere, '')));
const failed = [];
const attempt = async (name, act) => { try { await act(); } catch { failed.push(name); } };
await attempt('fetch', () => fetch(elsewhere + 'fetch'));
await attempt('no-cors', () => fetch(elsewhere + 'no-cors', { mode: 'no-cors' }));
await attempt('import', () => import(elsewhere + 'import'));
await attempt('eval', () => (0, eval)('1'));
await attempt('socket', () => new Promise((open, fail) => {
  const socket = new WebSocket(elsewhere.replace('http', 'ws') + 'socket');
  Object.assign(socket, { onopen: open, onerror: fail });
}));
// Violations are reported later than the attempts fail.
while (new Set(refused).size < 5) await new Promise((done) => setTimeout(done, 10));
`;
  const report = 'throw new Error(JSON.stringify({ refused, failed }));';
  await runCode(page, attempts + classCode(report));
  const told = (await message(page)).replace(/^sequence 0 of train: Made: line \d+: /, '');
  const { refused, failed } = JSON.parse(told);
  assert.deepEqual(failed, ['fetch', 'no-cors', 'import', 'eval', 'socket']);
  // The frame's policy and the page's both refuse.
  assert.deepEqual([...new Set(refused)].toSorted(), [
    'connect-src fetch',
    'connect-src no-cors',
    `connect-src ${url.replace('http', 'ws')}socket`,
    'script-src eval',
    'script-src-elem import',
  ]);
  assert.deepEqual(asked, []);
  // The browser announces imports before its policy refuses them.
  await assert.rejects(close(), { actual: [`request to ${url}import`] });
});

test('code waits for Run also in a link with a preset or a pin', async () => {
  const code = classCode('return [8, 8];');
  const waits = 'This code came with the link. Read it, then run it.';
  const preset = '#generator=custom';
  const pin = `${hash}&pin.generator=pattern&pin.vocab_size=50&pin.seq_length=12`;
  for (const start of [preset, pin]) {
    const { page, close } = await visit({ hash: `${start}&code=${codeParameter(code)}` });
    const runs = [];
    page.on('worker', (worker) => worker.url().startsWith('blob:') && runs.push(worker));
    assert.equal(await message(page), waits);
    // Whatever else is asked for: other data, a comparison, another family and back.
    await page.getByLabel('Sequence length', { exact: true }).fill('20');
    await page.getByRole('radio', { name: 'random', exact: true }).click();
    await page.getByRole('heading', { name: /^First 200 of/ }).waitFor();
    await page.getByRole('radio', { name: 'custom', exact: true }).click();
    await settled(page);
    assert.equal(await message(page), waits);
    assert.equal(runs.length, 0);
    await close();
  }
});
