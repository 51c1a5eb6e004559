import type { Plugin } from 'vite';

import { frameScriptSource } from './plugin.ts';

/** What a page of the site may load. Frames load nothing, so that the sandbox cannot leave itself. */
const sources = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' ${frameScriptSource}`,
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * What the site should be served with: a worker that a page loads does not obey the policy in the
 * page's HTML, and only a header can say who may frame the page.
 */
export const headers = {
  'Content-Security-Policy': `${sources}; frame-ancestors 'self'`,
  'X-Content-Type-Options': 'nosniff',
};

/** For hosts that read headers from a file of this name; what visitors never load. */
export const headersFile = '_headers';

/**
 * The built pages' policy, in the pages and as headers; the dev server needs inline styles and
 * scripts, so it goes without.
 */
export function policyPlugin(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: sources },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
      this.emitFile({
        type: 'asset',
        fileName: headersFile,
        source: `/*\n${lines.join('')}`,
      });
    },
  };
}
