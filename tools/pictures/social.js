// Takes web/public/social.png again, the picture that other sites show with a link to this one:
// node tools/pictures/social.js, after npm run build.

import { fileURLToPath } from 'node:url';

import { launch } from '../../tests/web/support/browser.js';
import { openPage, rested } from '../../tests/web/support/page.js';
import { serveSite } from '../../tests/web/support/site.js';

const file = fileURLToPath(new URL('../../web/public/social.png', import.meta.url));
const hash =
  '#generator=pattern&vocab_size=64&seq_length=60&pattern_probability=0.6&view.coloring=structure';

const site = await serveSite();
const browser = await launch();
try {
  const { page } = await openPage(browser, site, {
    hash,
    viewport: { width: 1200, height: 630 },
    mayComplain: true,
  });
  await rested(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByRole('radio', { name: 'picture' }).check({ force: true });
  const picture = await dialog.getByRole('img').getAttribute('src');
  // The raster of that picture, cut to the card's shape under the name and what it is.
  await page.evaluate(async (source) => {
    const text = decodeURIComponent(source.slice(source.indexOf(',') + 1));
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    const raster = new Image();
    raster.src = svg.querySelector('image').getAttribute('href');
    await raster.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 630 });
    const context = canvas.getContext('2d');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, 1200, 630);
    context.imageSmoothingEnabled = false;
    context.drawImage(raster, 0, 0, raster.width, 138, 0, 170, 1200, 460);
    context.fillStyle = '#1b2130';
    context.font = '700 76px DejaVu Sans';
    context.fillText('synthgen', 48, 92);
    context.font = '32px DejaVu Sans';
    context.fillText('token sequences whose structure is known', 50, 142);
    document.body.replaceChildren(canvas);
    document.body.style.margin = '0';
    Object.assign(canvas.style, { position: 'fixed', left: 0, top: 0, zIndex: 99 });
  }, picture);
  await page.screenshot({ path: file });
} finally {
  await browser.close();
  await site.close();
}
