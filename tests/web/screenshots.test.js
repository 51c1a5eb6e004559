// Screenshots of the site for review, in build/screenshots/. UPDATE_SCREENSHOT=1 also retakes the
// README's picture.

import { test } from 'node:test';

import { desktop, phone, rested } from './support/page.js';
import { inBothColours, screenshots, takePicture } from './support/pictures.js';
import { repository } from './support/site.js';
import { visit } from './support/visits.js';

const pictures = {
  families: { hash: '#generator=random&vocab_size=200&seq_length=128&vocab_distribution=zipf' },
  both: { hash: '#generator=hierarchical&vocab_size=1000&seq_length=128&view.look=both' },
  'custom-download': {
    hash: '#generator=custom&vocab_size=200&seq_length=64',
    act: async (page) => {
      await page.getByRole('button', { name: 'Download' }).click();
      await page.getByRole('dialog').waitFor();
    },
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

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  for (const [name, { path = '', hash, act = async () => {} }] of Object.entries(pictures)) {
    test(`${name}, ${device}`, async () => {
      const { page, close } = await visit({ path, hash, viewport });
      if (path === '') await rested(page);
      await act(page);
      await inBothColours(page, { name, device });
      await close();
    });
  }
}

/** A picture of the page as it opens. */
async function takeOpening(file, viewport) {
  const { page, close } = await visit({ viewport });
  await rested(page);
  await takePicture(page, file);
  await close();
}

test('wide.png', () =>
  takeOpening(new URL('wide.png', screenshots), { width: 2560, height: 1300 }));

if (process.env.UPDATE_SCREENSHOT) {
  test("the README's picture", () =>
    takeOpening(new URL('web/readme/playground.png', `file://${repository}`), {
      width: 1440,
      height: 1130,
    }));
}
