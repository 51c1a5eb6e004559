// Pictures of the page for people to look at, in build/screenshots/. With UPDATE_SCREENSHOT=1 the
// README's picture is taken anew as well.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launch } from './support/browser.js';
import { desktop, openPage, phone, screenshots } from './support/page.js';
import { repository, serveSite } from './support/site.js';

let site;
let browser;

before(async () => {
  site = await serveSite();
  browser = await launch();
  mkdirSync(screenshots, { recursive: true });
});

after(async () => {
  await browser.close();
  await site.close();
});

const pictures = {
  opening: {},
  families: { hash: '#generator=random&vocab_size=200&seq_length=128&vocab_distribution=zipf' },
  text: { hash: '#generator=pattern&vocab_size=1000&seq_length=64&view.look=text' },
  errors: { hash: '#generator=pattern&vocab_size=1&noise_probability=2&vocab_sze=4' },
  download: { act: (page) => page.getByRole('button', { name: 'Download' }).click() },
  zoomed: {
    act: async (page) => {
      for (let i = 0; i < 4; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.getByRole('grid').focus();
      for (let i = 0; i < 8; i += 1) await page.keyboard.press('ArrowRight');
    },
  },
};

async function take(name, file, { hash, act = async () => {} }, settings) {
  const { page, close } = await openPage(browser, site, { hash, ...settings });
  await act(page);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  await page.screenshot({ path: fileURLToPath(file) });
  assert.ok(statSync(file).size > 10_000, `${name} is nearly empty`);
  await close();
}

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, picture] of Object.entries(pictures)) {
      const file = `${name}-${device}-${colorScheme}.png`;
      test(file, () => take(file, new URL(file, screenshots), picture, { viewport, colorScheme }));
    }
  }
}

test('wide.png', () =>
  take('wide', new URL('wide.png', screenshots), pictures.opening, {
    viewport: { width: 2560, height: 1300 },
  }));

test("the README's picture", { skip: !process.env.UPDATE_SCREENSHOT && 'not asked for' }, () =>
  take('readme', new URL('web/readme/playground.png', `file://${repository}`), pictures.opening, {
    viewport: { width: 1280, height: 900 },
  }),
);
