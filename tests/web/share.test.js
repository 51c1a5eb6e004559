// The share menu: every text that it offers is run, and makes the dataset that the page shows.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { createSynthgen } from 'synthgen';

import { binary, names, scratch } from '../cli/synthgen.js';
import { hostileConfig, textsOf } from '../support/shared_texts.js';
import { until } from '../support/until.js';
import { minimalPolicy, openHost } from './support/host.js';
import { rested, settled } from './support/page.js';
import { repository } from './support/site.js';
import { blankPage, browser, site, visit } from './support/visits.js';

const core = await createSynthgen();
const parameters = core.parameters();

const hashFor = (config) =>
  `#${new URLSearchParams(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : value,
    ]),
  )}`;

/** Opens the menu by its button or its key: the dialog, and what reads one of its texts. */
async function openShare(page, open = () => page.getByRole('button', { name: 'Share' }).click()) {
  await open();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.waitFor();
  const choose = (name) => dialog.getByRole('radio', { name, exact: true }).check({ force: true });
  const textOf = async (name) => {
    await choose(name);
    return dialog.locator('.share-text').textContent();
  };
  return { dialog, choose, textOf };
}

/** The files of a directory by their names. */
const filesIn = (directory) =>
  Object.fromEntries(names(directory).map((name) => [name, readFileSync(join(directory, name))]));

/** Runs a text of the shell where the program is on the PATH. */
function runInShell(text, cwd) {
  const path = `${dirname(binary)}:${process.env.PATH}`;
  execFileSync('sh', ['-c', text], { cwd, env: { ...process.env, PATH: path }, stdio: 'ignore' });
}

/** Runs lines of JavaScript where the package has its name: the value of an expression after them. */
function runInNode(context, lines, expression, more = {}) {
  mkdirSync(join(repository, 'build'), { recursive: true });
  const folder = mkdtempSync(join(repository, 'build/share-'));
  context.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(more)) writeFileSync(join(folder, name), text);
  const result = `\nprocess.stdout.write('\\n' + JSON.stringify(${expression}));\n`;
  writeFileSync(join(folder, 'main.mjs'), lines + result);
  const printed = execFileSync('node', [join(folder, 'main.mjs')], { encoding: 'utf8' });
  return JSON.parse(printed.split('\n').at(-1));
}

const settingsIn = (hash) => Object.fromEntries(new URLSearchParams(hash.slice(1)));

const rowsOf = 'Array.from(offsets.slice(1), (end, i) => [...tokens.slice(offsets[i], end)])';

/** Both ways to embed in an empty page of another site, under the policy that the guide states. */
async function openElsewhere(context, { iframe, element }) {
  const { origin } = new URL(site.url);
  const { page, complaints } = await openHost(browser, context, {
    policy: `${minimalPolicy(origin)}; frame-src ${origin}`,
    body: `${element}\n${iframe}`,
    script: `addEventListener('measure', ({ detail }) => (globalThis.measured = detail));`,
  });
  const [view, frame] = ['synthgen-view', 'iframe'].map((tag) => page.locator(tag));
  const tables = [];
  for (const [place, inside] of [
    [view, view],
    [frame, frame.contentFrame()],
  ]) {
    await place.scrollIntoViewIfNeeded();
    await inside.locator('.raster canvas').first().waitFor();
    await inside.getByRole('row', { name: 'average entropy' }).waitFor();
    tables.push(await inside.locator('.numbers-table').textContent());
  }
  assert.deepEqual(complaints, []);
  const { config, link } = await view.evaluate(({ current }) => current);
  const open = frame.contentFrame().getByRole('link', { name: 'Open in playground' });
  const { hash } = new URL(await open.getAttribute('href'));
  const report = await page.evaluate(() => measured.report);
  return { config, report, tables, states: [link, hash.slice(1)] };
}

/** The element of a text: its attributes, its script and what is inside. */
const elementIn = (page, text) =>
  page.evaluate((html) => {
    const made = new DOMParser().parseFromString(html, 'text/html');
    const view = made.querySelector('synthgen-view');
    return {
      link: view.getAttribute('link'),
      view: view.getAttribute('view'),
      fallback: view.querySelector('a').getAttribute('href'),
      script: made.querySelector('script').src,
    };
  }, text);

const rowsIn = (jsonl) =>
  jsonl
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).input_ids);

test('each text makes the dataset on the page: command, JSON, JavaScript, iframe and element', async (context) => {
  const configs = {
    hostile: hostileConfig,
    lists: {
      generator: 'pattern',
      vocab_size: 40,
      pattern_types: ['reversal', 'repetition'],
      noise_probability: 0.05,
      length_variation: 0.5,
      seq_length: 20,
      num_train: 30,
      num_val: 2,
    },
  };
  for (const [name, config] of Object.entries(configs)) {
    const hash = hashFor({
      ...config,
      ...(name === 'lists' && { pattern_types: 'reversal,repetition' }),
    });
    const { page, close } = await visit({ hash });
    await settled(page);
    const { textOf } = await openShare(page);
    const shown = {};
    for (const kind of ['link', 'iframe', 'element', 'command', 'JSON', 'Python', 'PyTorch'])
      shown[kind] = await textOf(kind);
    for (const kind of ['JavaScript', 'C++']) shown[kind] = await textOf(kind);
    // The same texts that the tests of Python and C++ run.
    const given = JSON.parse(shown.JSON);
    assert.deepEqual(given, config);
    assert.deepEqual(shown, await textsOf(given, { parameters, link: shown.link }));

    const [byCommand, byConfig] = [scratch(context), scratch(context)];
    runInShell(shown.command, byCommand);
    writeFileSync(join(byConfig, 'config.json'), shown.JSON);
    runInShell('synthgen generate --config config.json --output-dir data/custom', byConfig);
    const files = filesIn(join(byCommand, 'data/custom'));
    assert.deepEqual(Object.keys(files), ['metadata.json', 'train.jsonl', 'val.jsonl']);
    assert.deepEqual(filesIn(join(byConfig, 'data/custom')), files);
    const rows = runInNode(context, shown.JavaScript, rowsOf);
    assert.deepEqual(rows, rowsIn(files['train.jsonl']));

    const framed = await page.evaluate((html) => {
      const { src, title } = new DOMParser()
        .parseFromString(html, 'text/html')
        .querySelector('iframe');
      return { src, title };
    }, shown.iframe);
    const embedded = await elementIn(page, shown.element);
    const link = new URL(shown.link);
    const src = new URL(framed.src);
    assert.equal(src.pathname, link.pathname.replace(/[^/]*$/, 'embed.html'));
    assert.equal(src.hash, `${link.hash}&view=raster,numbers`);
    assert.match(framed.title, new RegExp(config.generator));
    assert.ok(embedded.script.endsWith('/some/where/view.js'));
    assert.deepEqual(settingsIn(`#${embedded.link}`), settingsIn(link.hash));
    assert.equal(embedded.fallback, shown.link);
    assert.equal(embedded.view, 'raster,numbers');

    // Every row is in view, and so measures what the files hold.
    const elsewhere = await openElsewhere(context, shown);
    assert.deepEqual(elsewhere.config, config);
    const dataset = core.generator(config).generate({ count: rows.length });
    const { average_entropy } = core.analyzeSequences(dataset);
    assert.deepEqual([...dataset.tokens], rows.flat());
    assert.equal(elsewhere.report.num_sequences, rows.length);
    assert.equal(elsewhere.report.average_entropy, average_entropy);
    assert.equal(elsewhere.tables[0], elsewhere.tables[1]);
    await close();

    // The embed reads the same settings from the frame's address, and leads to the playground with them.
    const frame = await blankPage();
    await frame.goto(framed.src);
    await until(async () => {
      const open = frame.getByRole('link', { name: 'Open in playground' });
      const { hash: kept } = new URL(await open.evaluate(({ href }) => href));
      assert.deepEqual(settingsIn(kept), settingsIn(link.hash));
    });
    await frame.context().close();

    const again = await visit({ hash: link.hash });
    await settled(again.page);
    assert.equal(await (await openShare(again.page)).textOf('JSON'), shown.JSON);
    await again.close();
  }
});

test('iframe and element keep the split in view, the colouring and the pinned settings', async (context) => {
  const config = { generator: 'random', vocab_size: 9, seq_length: 20, num_train: 30, num_val: 7 };
  const hash = `${hashFor(config)}&pin.generator=random&pin.vocab_size=8&view.split=val&view.coloring=token`;
  const { page, close } = await visit({ hash });
  await settled(page);
  const { textOf } = await openShare(page);
  const shown = { iframe: await textOf('iframe'), element: await textOf('element') };
  const link = await textOf('link');
  const { fallback } = await elementIn(page, shown.element);
  await close();
  assert.deepEqual(settingsIn(new URL(link).hash), settingsIn(hash));
  assert.equal(fallback, link);
  const { states, report, tables } = await openElsewhere(context, shown);
  for (const state of states) assert.deepEqual(settingsIn(`#${state}`), settingsIn(hash));
  assert.equal(report.num_sequences, config.num_val);
  assert.equal(tables[0], tables[1]);
});

test('s opens the menu, the picture shows the raster with its legend, and the first visit has a link', async () => {
  const { page, close } = await visit({
    hash: '#view.coloring=token&vocab_size=7&generator=random',
  });
  await rested(page);
  await page.locator('.skip-links').waitFor({ state: 'attached' });
  const { dialog, choose, textOf } = await openShare(page, () => page.keyboard.press('s'));
  await choose('picture');
  const image = dialog.getByRole('img', { name: 'The sequences in view with their legend' });
  await image.waitFor();
  const saved = {};
  for (const kind of ['PNG', 'SVG']) {
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: `Save ${kind}` }).click();
    saved[kind] = readFileSync(await (await download).path());
  }
  assert.equal(saved.PNG.subarray(1, 4).toString(), 'PNG');
  const svg = saved.SVG.toString();
  assert.match(svg, /First 200 of 50,000 sequences × 512 tokens/);
  assert.match(svg, />random, vocab_size 7</);
  assert.match(svg, />id 0</);
  // Seven ids, seven colours, in rows of whole cells.
  const { width, height, colours, cells } = await page.evaluate(async (text) => {
    const raster = new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('image');
    const picture = new Image();
    picture.src = raster.getAttribute('href');
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    return {
      width: canvas.width,
      height: canvas.height,
      colours: new Set(pixels).size,
      cells: [...pixels.slice(0, 512)],
    };
  }, svg);
  assert.deepEqual([width, height, colours], [512, 600, 7]);
  const { tokens } = core.generator({ generator: 'random', vocab_size: 7 }).generate({ count: 1 });
  const colourOf = new Map([...tokens].map((token, i) => [token, cells[i]]));
  assert.deepEqual(
    [...tokens].map((token) => colourOf.get(token)),
    cells,
  );
  assert.ok((await textOf('link')).endsWith('/#vocab_size=7&generator=random&view.coloring=token'));
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('share what is in view').waitFor();
  await page.keyboard.press('Escape');

  // Of a file only the picture: it stays on the machine.
  await page.getByRole('button', { name: 'Open file' }).click();
  const buffer = Buffer.from('[1,2,3]\n[4,5]\n');
  await page
    .getByLabel('Choose a file')
    .setInputFiles({ name: 'mine.jsonl', mimeType: 'application/jsonl', buffer });
  await page.getByRole('heading', { name: /^mine\.jsonl: 2 sequences/ }).waitFor();
  const ofFile = await openShare(page);
  await ofFile.choose('picture');
  const source = await dialog.getByRole('img').getAttribute('src');
  assert.match(decodeURIComponent(source), />mine\.jsonl: 2 sequences, 2 to 3 tokens each</);
  assert.equal(new URL(await ofFile.textOf('link')).hash.includes('mine'), false);
  await dialog
    .getByText(/This is of the settings: the file in view stays on this machine/)
    .waitFor();
  await close();
});

test('of custom code the menu says what does not run it, and offers the lines that do', async (context) => {
  const { page, close } = await visit({
    hash: '#generator=custom&vocab_size=30&seq_length=8&num_train=9',
  });
  await settled(page);
  const code = await page.getByRole('textbox', { name: 'Generator code' }).inputValue();
  const { dialog, choose, textOf } = await openShare(page);
  for (const kind of ['iframe', 'element', 'command', 'Python', 'PyTorch', 'C++']) {
    await choose(kind);
    await dialog.getByText(/^Only the playground and JavaScript run your code/).waitFor();
    assert.equal(await dialog.getByRole('button', { name: /^Copy / }).count(), 0);
  }
  const lines = await textOf('JavaScript');
  await close();
  const rows = runInNode(context, lines, rowsOf, { 'generator.mjs': code });
  const { default: makeClass } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const config = { generator: 'custom', vocab_size: 30, seq_length: 8, num_train: 9 };
  const generator = core.customGenerator(makeClass(core), config, { source: code });
  const { tokens, offsets } = generator.generate({ count: 9 });
  assert.deepEqual(
    rows,
    Array.from(offsets.slice(1), (end, i) => [...tokens.slice(offsets[i], end)]),
  );
});
