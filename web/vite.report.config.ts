import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { singleFile } from './report/single_file.ts';

/** The template of `synthgen analyze --html`: one page that needs no other file. */
export default defineConfig({
  root: fileURLToPath(new URL('report', import.meta.url)),
  base: './',
  publicDir: false,
  build: {
    outDir: '../../build/report',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
  plugins: [singleFile()],
});
