import assert from 'node:assert/strict';

/** Pictures that a person can look at: build/screenshots/<name>.png. */
export const screenshots = new URL('../../../build/screenshots/', import.meta.url);

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/**
 * A page of the site, the playground unless `path` names another, in a browser of its own settings,
 * once it is there: the playground with its data. `complaints` gathers what no visit may cause:
 * console errors, exceptions, refused policies, requests elsewhere.
 */
export async function openPage(
  browser,
  site,
  { path = '', hash = '', viewport = desktop, ...settings } = {},
) {
  const context = await browser.newContext({ viewport, ...settings });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(site.url) && !url.startsWith('blob:') && !url.startsWith('data:')) {
      complaints.push(`request to ${url}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  await context.addInitScript(() => {
    globalThis.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy refused ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.goto(site.url + path + hash);
  await page.getByRole('banner').waitFor();
  if (path === '') await settled(page);
  return {
    page,
    /** Closes the page; fails when the visit caused anything that it may not. */
    async close() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

/** The row of the numbers panel with that name, as [measured, verdict, expected]. */
export async function numbersRow(page, name) {
  const row = page.getByRole('row', { name });
  await row.waitFor();
  return row.getByRole('cell').allTextContents();
}

/** Waits until the data on the page is that of the settings, or the settings are refused. */
export async function settled(page) {
  await page.locator('main[aria-busy=false]').waitFor();
}
