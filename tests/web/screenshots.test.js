// Screenshots of the site for review, in build/screenshots/. UPDATE_SCREENSHOT=1 also retakes the
// README's picture.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { classCode, codeParameter, runCode } from './support/code.js';
import { desktop, phone, screenshots } from './support/page.js';
import { repository } from './support/site.js';
import { visit } from './support/visits.js';

before(async () => {
  mkdirSync(screenshots, { recursive: true });
});

const ablation =
  '#generator=pattern&vocab_size=1000&seq_length=256&noise_probability=0.2&pin.generator=pattern&pin.vocab_size=1000&pin.seq_length=256&pin.noise_probability=0.1';

const pictures = {
  opening: {},
  families: { hash: '#generator=random&vocab_size=200&seq_length=128&vocab_distribution=zipf' },
  text: { hash: '#generator=pattern&vocab_size=1000&seq_length=64&view.look=text' },
  both: { hash: '#generator=hierarchical&vocab_size=1000&seq_length=128&view.look=both' },
  repetition: { hash: '#generator=pattern&seq_length=256&view.coloring=repetition' },
  compare: { hash: ablation },
  errors: { hash: '#generator=pattern&vocab_size=1&noise_probability=2&vocab_sze=4' },
  download: { act: (page) => page.getByRole('button', { name: 'Download' }).click() },
  custom: { hash: '#generator=custom&vocab_size=1000&seq_length=256' },
  'custom-link': {
    hash: `#generator=custom&vocab_size=200&seq_length=64&code=${codeParameter(classCode('return [1, 2, 3];'))}`,
  },
  'custom-error': {
    hash: '#generator=custom&vocab_size=200&seq_length=64',
    act: (page) => runCode(page, classCode('return [this.randomToken(), this.item.index * 2];')),
  },
  'custom-download': {
    hash: '#generator=custom&vocab_size=200&seq_length=64',
    act: (page) => page.getByRole('button', { name: 'Download' }).click(),
  },
  charts: {
    hash: '#generator=random&vocab_size=200&seq_length=128&vocab_distribution=zipf',
    act: (page) => page.getByRole('region', { name: 'Token frequency' }).scrollIntoViewIfNeeded(),
  },
  file: {
    act: async (page) => {
      const lines = Array.from({ length: 300 }, (_, i) => `[${i % 7},1,2,3,${i},3,2,1]\n`).join('');
      const buffer = Buffer.from(`${lines}[1,2\n`);
      await page.getByRole('button', { name: 'Open file' }).click();
      const file = { name: 'mine.jsonl', mimeType: 'application/jsonl', buffer };
      await page.getByLabel('Choose a file').setInputFiles(file);
      await page.getByText(/^300 sequences, .* read in/).waitFor();
    },
  },
  guide: { path: 'guide/quick-start.html' },
  'guide-tables': { path: 'guide/formats.html' },
  reference: { path: 'reference.html' },
  'reference-family': { path: 'reference.html', hash: '#family-hierarchical' },
  'reference-parameter': { path: 'reference.html', hash: '#pattern_types' },
  'reference-measures': { path: 'reference.html', hash: '#measures' },
  zoomed: {
    act: async (page) => {
      for (let i = 0; i < 8; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.getByRole('grid').focus();
      for (let i = 0; i < 8; i += 1) await page.keyboard.press('ArrowRight');
    },
  },
};

async function take(name, file, { path, hash, act = async () => {} }, settings) {
  const { page, close } = await visit({ path, hash, ...settings });
  await act(page);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  await page.screenshot({ path: fileURLToPath(file) });
  assert.ok(statSync(file).size > 10_000, `${name} is nearly empty`);
  await close();
}

/** What is looked at most, in every size and colour; the rest as a desktop by day, a phone by night. */
const inEveryLook = ['opening', 'compare', 'errors', 'guide', 'reference'];

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  const usual = device === 'desktop' ? 'light' : 'dark';
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, picture] of Object.entries(pictures)) {
      if (colorScheme !== usual && !inEveryLook.includes(name)) continue;
      const file = `${name}-${device}-${colorScheme}.png`;
      test(file, () => take(file, new URL(file, screenshots), picture, { viewport, colorScheme }));
    }
  }
}

test('wide.png', () =>
  take('wide', new URL('wide.png', screenshots), pictures.opening, {
    viewport: { width: 2560, height: 1300 },
  }));

if (process.env.UPDATE_SCREENSHOT) {
  test("the README's picture", () =>
    take('readme', new URL('web/readme/playground.png', `file://${repository}`), pictures.opening, {
      viewport: { width: 1440, height: 1130 },
    }));
}
