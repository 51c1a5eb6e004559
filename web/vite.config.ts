import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

import { viewPlugin } from './embed/plugin.ts';
import { guideEntries, guidePlugin } from './guide/plugin.ts';
import { offlinePlugin } from './offline/plugin.ts';
import { formatsPlugin } from './reference/formats_plugin.ts';
import { referencePlugin } from './reference/plugin.ts';
import { tasksPlugin } from './reference/tasks_plugin.ts';
import { schemaPlugin } from './reference/schema_plugin.ts';
import { presetPicturesPlugin } from './reference/preset_pictures_plugin.ts';
import { headersPlugin, policyMeta } from './sandbox/policy.ts';
import { sandboxPlugin } from './sandbox/plugin.ts';
import { socialPlugin } from './social/plugin.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
      // Small parts that later scripts and the guide need as well: one request at first, not several.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'common',
              test: /src\/(dom\/element|model\/(curriculum|format|kinds|reading)|state\/opening_presets)\.ts$|vite\/preload-helper/,
            },
          ],
        },
      },
      // d3-array calls these where it is loaded, which would keep what no chart uses.
      treeshake: {
        manualPureFunctions: ['bisector', 'Blur2', 'shuffler'],
        propertyReadSideEffects: false,
      },
    },
  },
  worker: { format: 'es', plugins: () => [tasksPlugin()] },
  server: { fs: { allow: [here('..')] } },
  plugins: [
    policyMeta(),
    headersPlugin(),
    sandboxPlugin(),
    formatsPlugin(),
    tasksPlugin(),
    schemaPlugin(),
    presetPicturesPlugin(),
    referencePlugin(),
    guidePlugin(),
    viewPlugin(),
    socialPlugin(),
    offlinePlugin(),
  ],
  // A busy machine may take its time.
  test: { dir: here('../tests/web/unit'), testTimeout: 60_000 },
});
