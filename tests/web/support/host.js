// Pages of another origin that embed views of the site.

import { createServer } from 'node:http';

import { newPage } from './browser.js';

/** The least that a page has to allow for elements of a site, as the guide states it. */
export const minimalPolicy = (origin) =>
  `script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; worker-src blob:`;

/**
 * Serves a page with this body under a policy that allows nothing but what it says, and opens it. Its own
 * script, if it has one, is `/own.js`. `complaints` collects errors and what the policy refused.
 */
export async function openHost(browser, context, { body, policy, script = '', ...settings }) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/own.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    // Only the page's own script comes on top.
    const sources = `default-src 'none'; script-src; ${policy}`
      .replace('script-src;', policy.includes('script-src') ? '' : 'script-src ;')
      .replace('script-src', `script-src http://${request.headers.host}`);
    if (!isScript) response.setHeader('content-security-policy', sources);
    response.end(
      isScript
        ? script
        : `<!doctype html><html lang="en"><title>host</title><body><main><h1>Host</h1>${body}</main><script type="module" src="/own.js"></script></body></html>`,
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const page = await newPage(browser, settings);
  context.after(() => page.context().close());
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return { page, complaints };
}
