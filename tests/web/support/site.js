import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** What the built site asks its host to send, by path: [{path, headers: [[name, value]]}]. */
export async function siteRules() {
  const text = await readFile(join(repository, 'build/site/_headers'), 'utf8');
  return text
    .trimEnd()
    .split('\n\n')
    .map((block) => {
      const [path, ...lines] = block.split('\n');
      const headers = lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
      });
      return { path, headers };
    });
}

/** The headers for a path of the site, as hosts join the rules that cover it: [[name, value]]. */
export function headersOf(rules, path) {
  const covers = (rule) =>
    rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;
  return rules.filter((rule) => covers(rule.path)).flatMap(({ headers }) => headers);
}

/**
 * Serves build/site under a sub-path, as a project page would be; `requests` lists what was asked.
 * `change` may replace the body of a path, and `withHeaders` sends what _headers asks for.
 */
export async function serveSite({ change = (path, body) => body, withHeaders = true } = {}) {
  const base = '/some/where/';
  const requests = [];
  const rules = withHeaders ? await siteRules() : [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    requests.push(pathname);
    const inside = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    try {
      if (!inside.startsWith(base)) throw new Error('outside of the site');
      const file = join(repository, 'build/site', normalize(inside.slice(base.length)));
      const body = change(inside.slice(base.length), await readFile(file));
      const path = `/${pathname.slice(base.length)}`;
      for (const [name, value] of headersOf(rules, path)) response.appendHeader(name, value);
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.writeHead(404).end('not found');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}${base}`,
    requests,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
