import { fileURLToPath } from 'node:url';

import { runnerImport, type Plugin } from 'vite';

const place = '<!-- reference -->';
const renderer = fileURLToPath(new URL('render.ts', import.meta.url));

/** Fills reference.html when the site is built, and on every request in the dev server. */
export function referencePlugin(): Plugin {
  return {
    name: 'reference-page',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        if (!html.includes(place)) return html;
        const { module } = await runnerImport<typeof import('./render')>(renderer);
        const page = await module.renderReference();
        return html.replace(place, () => page);
      },
    },
  };
}
