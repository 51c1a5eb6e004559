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

interface Rule {
  /** Paths on the site that the rule is for; `*` stands for any rest. */
  path: string;
  headers: Record<string, string>;
}

/** Where the site's pages may be framed by the site alone; embed.html is for other sites. */
const unframed = ['/', '/index.html', '/reference.html', '/guide/*'];

/**
 * What the site should be served with: a worker that a page loads does not obey the policy in the
 * page's HTML, and only a header can say who may frame a page. Any site may read the files, which are
 * public: scripts of <synthgen-view> come from here. A path gets the headers of all rules for it; a page
 * obeys every policy.
 */
export const rules: readonly Rule[] = [
  {
    path: '/*',
    headers: {
      'Content-Security-Policy': sources,
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
    },
  },
  // Named by their content.
  { path: '/assets/*', headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } },
  ...unframed.map((path) => ({
    path,
    headers: { 'Content-Security-Policy': "frame-ancestors 'self'" },
  })),
];

const covers = (rule: string, path: string) =>
  rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;

/** The headers for a path of the site; several of one name come from several rules. */
export function headersFor(path: string): [name: string, value: string][] {
  return rules
    .filter((rule) => covers(rule.path, path))
    .flatMap(({ headers }) => Object.entries(headers));
}

/** For hosts that read headers from a file of this name; what visitors never load. */
export const headersFile = '_headers';

/** The policy in the built pages. */
export function policyMeta(): Plugin {
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
  };
}

/**
 * The headers of the built site: as a file, and sent by `vite preview`. The dev server needs inline
 * styles and scripts, so it goes without.
 */
export function headersPlugin(): Plugin {
  return {
    name: 'headers',
    generateBundle() {
      const text = rules.map(({ path, headers }) => {
        const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
        return `${path}\n${lines.join('')}`;
      });
      this.emitFile({ type: 'asset', fileName: headersFile, source: text.join('\n') });
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        for (const [name, value] of headersFor(pathname)) response.appendHeader(name, value);
        next();
      });
    },
  };
}
