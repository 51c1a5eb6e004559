import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const name = 'virtual:sandbox';
// Its last part names the file of the site.
const resolved = '\0virtual/code_sandbox';

const frameScript = readFileSync(here('frame.js'), 'utf8');

/** As a source of the page's policy: a frame from `srcdoc` obeys the page's policy and its own. */
export const frameScriptSource = `'sha256-${createHash('sha256').update(frameScript).digest('base64')}'`;

const framePolicy = [
  "default-src 'none'",
  `script-src ${frameScriptSource} 'wasm-unsafe-eval'`,
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const frameDocument = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${framePolicy}"><script>${frameScript}</script>`;

/** The core for a visitor's code as one script, since the code's worker can load nothing. */
async function runnerScript(): Promise<string> {
  const result = await build({
    configFile: false,
    root: here('..'),
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: here('../src/custom/code_worker.ts'), output: { format: 'iife' } },
    },
  });
  const outputs = 'output' in result ? result.output : [];
  const [chunk] = outputs;
  if (chunk?.type !== 'chunk') throw new Error('the runner of custom code was not built');
  return chunk.code;
}

/** Provides the frame for a visitor's code, and the script that runs it there. */
export function sandboxPlugin(): Plugin {
  return {
    name: 'sandbox',
    resolveId: (id) => (id === name ? resolved : undefined),
    async load(id) {
      if (id !== resolved) return undefined;
      const runner = await runnerScript();
      return [
        `export const frameDocument = ${JSON.stringify(frameDocument)};`,
        `export const runnerScript = ${JSON.stringify(runner)};`,
      ].join('\n');
    },
  };
}
