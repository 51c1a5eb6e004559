import { fileURLToPath } from 'node:url';

import type { InlineConfig } from 'vite';

import { tasksPlugin } from '../reference/tasks_plugin.ts';
import { policyMeta } from '../sandbox/policy.ts';
import { shadowStyles } from './shadow_styles.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Browsers that know `light-dark()`, by which views follow the colours of the page around them. */
const cssTarget = ['chrome123', 'firefox120', 'safari17.5'];

/**
 * The build of view.js, a build of its own since its style sheets are for shadow trees: for the site,
 * with embed.html and hashed names in assets/, or for the npm package, all in one folder.
 */
export function viewBuild(place: 'site' | 'package'): InlineConfig {
  const isSite = place === 'site';
  const named = isSite ? 'assets/[name]-[hash]' : '[name]';
  const view = here('view.ts');
  return {
    configFile: false,
    root: here('..'),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    define: { SYNTHGEN_SITE: JSON.stringify(isSite ? '../' : null) },
    build: {
      outDir: here('../../build/view'),
      emptyOutDir: true,
      target: 'es2022',
      cssTarget,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        input: isSite ? { view, embed: here('../embed.html') } : { view },
        preserveEntrySignatures: 'strict',
        output: {
          entryFileNames: ({ name }) => (name === 'view' ? 'view.js' : `${named}.js`),
          chunkFileNames: `${named}.js`,
          assetFileNames: `${named}[extname]`,
          // Small parts that several scripts need: one request, not eight.
          codeSplitting: {
            groups: [{ name: 'common', minShareCount: 2, test: /src\/(model|dom|state|worker)\// }],
          },
        },
      },
    },
    worker: {
      format: 'es',
      plugins: () => [tasksPlugin()],
      rolldownOptions: {
        output: {
          entryFileNames: `${named}.js`,
          chunkFileNames: `${named}.js`,
          assetFileNames: `${named}[extname]`,
        },
      },
    },
    plugins: [...(isSite ? [policyMeta()] : []), shadowStyles()],
  };
}
