// Pictures of the page to look at, in build/screenshots/.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const screenshots = new URL('../../../build/screenshots/', import.meta.url);

/** Saves what is in view as `file`, once all of it is drawn. */
export async function takePicture(page, file, options = {}) {
  mkdirSync(new URL('.', file), { recursive: true });
  await page.evaluate(async () => {
    for (let i = 0; i < 2; i += 1) await new Promise((done) => requestAnimationFrame(done));
  });
  await page.screenshot({ path: fileURLToPath(file), ...options });
  assert.ok(statSync(file).size > 10_000, `${file} is nearly empty`);
}

/** What is looked at most is pictured in every size and colour. */
const inEveryLook = ['opening', 'compare', 'errors', 'guide', 'reference'];

/**
 * Pictures the page in the looks of `name`: most as a desktop by day and a phone by night. `check`
 * runs in both colours first.
 */
export async function inBothColours(page, { name, device, check = async () => {} }) {
  const usual = device === 'desktop' ? 'light' : 'dark';
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await check(colorScheme);
    if (name === undefined || (colorScheme !== usual && !inEveryLook.includes(name))) continue;
    await takePicture(page, new URL(`${name}-${device}-${colorScheme}.png`, screenshots));
  }
}
