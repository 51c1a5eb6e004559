import { build, type Plugin } from 'vite';

import { viewBuild } from './build.ts';

type Files = Map<string, string | Uint8Array>;

/** The files of view.js and embed.html, by their names on the site. */
async function builtView(): Promise<Files> {
  const config = viewBuild('site');
  const result = await build({ ...config, build: { ...config.build, write: false } });
  const outputs = 'output' in result ? result.output : [];
  return new Map(
    outputs.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]),
  );
}

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  wasm: 'application/wasm',
};

/** Adds view.js and embed.html to the site; in the dev server they are built when first asked for. */
export function viewPlugin(): Plugin {
  return {
    name: 'view',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      for (const [fileName, source] of await builtView())
        // Named by their content: the same file may be in both builds.
        if (!(fileName in bundle)) this.emitFile({ type: 'asset', fileName, source });
    },
    configureServer(server) {
      let built: Promise<Files> | undefined;
      server.middlewares.use((request, response, next) => {
        const name = request.url?.match(/^\/((?:view\.js|embed\.html|assets\/.*))$/)?.[1];
        if (name === undefined) {
          next();
          return;
        }
        built ??= builtView();
        built.then((files) => {
          const content = files.get(name);
          if (content === undefined) next();
          else
            response
              .setHeader('content-type', types[name.split('.').at(-1) ?? ''] ?? '')
              .end(content);
        }, next);
      });
    },
  };
}
