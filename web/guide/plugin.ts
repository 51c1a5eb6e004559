import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { runnerImport, type Plugin } from 'vite';

import { guidePages } from './pages.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const [template, renderer] = [here('page.html'), here('render.ts')];

/** Where the site's search finds its index, from the site's root. */
const searchFile = 'search.json';

/** Entries of the build: HTML files that this plugin makes; none of them is on the disk. */
export const guideEntries = guidePages.map((name) => here(`${name}.html`));

async function renderedGuide() {
  const { module } = await runnerImport<typeof import('./render')>(renderer);
  return module.renderGuide();
}

async function htmlOf(name: string, guide: ReturnType<typeof renderedGuide>): Promise<string> {
  const page = (await guide).pages.get(name);
  if (page === undefined) throw new Error(`the guide has no page ${name}`);
  const html = await readFile(template, 'utf8');
  return html
    .replace('<!-- title -->', () => page.title)
    .replace('<!-- description -->', () => page.description)
    .replace('<!-- body -->', () => page.body);
}

/**
 * Makes guide/*.html from the Markdown files, and the index of the site's search: once in a build, on
 * every request in the dev server.
 */
export function guidePlugin(): Plugin {
  let guide: ReturnType<typeof renderedGuide> | undefined;
  return {
    name: 'guide',
    enforce: 'pre',
    buildStart() {
      guide = undefined;
    },
    resolveId(id) {
      return guideEntries.includes(id) ? id : undefined;
    },
    async load(id) {
      const name = guidePages[guideEntries.indexOf(id)];
      if (name === undefined) return undefined;
      guide ??= renderedGuide();
      return htmlOf(name, guide);
    },
    async generateBundle() {
      if (guide === undefined) return;
      this.emitFile({ type: 'asset', fileName: searchFile, source: (await guide).search });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.replace(/[?#].*$/, '') ?? '';
        if (path === `/${searchFile}`) {
          renderedGuide().then(
            ({ search }) => response.setHeader('content-type', 'application/json').end(search),
            next,
          );
          return;
        }
        const name = path.match(/^\/guide\/([\w/-]+)\.html$/)?.[1];
        if (name === undefined || !guidePages.includes(name)) {
          next();
          return;
        }
        htmlOf(name, renderedGuide())
          .then((html) => server.transformIndexHtml(path, html))
          .then((html) => response.setHeader('content-type', 'text/html').end(html), next);
      });
    },
  };
}
