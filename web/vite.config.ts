import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

import { guideEntries, guidePlugin } from './guide/plugin.ts';
import { offlinePlugin } from './offline/plugin.ts';
import { formatsPlugin } from './reference/formats_plugin.ts';
import { referencePlugin } from './reference/plugin.ts';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The built pages' policy; the dev server needs inline styles and scripts, so it goes without. */
function policy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  base: './',
  build: {
    outDir: '../build/site',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [here('index.html'), here('reference.html'), ...guideEntries],
      // d3-array calls these where it is loaded, which would keep what no chart uses.
      treeshake: {
        manualPureFunctions: ['bisector', 'Blur2', 'shuffler'],
        propertyReadSideEffects: false,
      },
    },
  },
  worker: { format: 'es' },
  server: { fs: { allow: [here('..')] } },
  plugins: [policy(), formatsPlugin(), referencePlugin(), guidePlugin(), offlinePlugin()],
  // A busy machine may take its time.
  test: { dir: here('../tests/web/unit'), testTimeout: 60_000 },
});
