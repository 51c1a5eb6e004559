import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

export const run = (cwd, command, ...parameters) =>
  execFileSync(command, parameters, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A folder of its own for the tests of one file; gone after them. */
export function ownFolder(after) {
  const folder = mkdtempSync(join(tmpdir(), 'synthgen-package-'));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Packs what is built here and installs the package in an empty project: {packed, project, installed}. */
export function installPackage(folder) {
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = Object.values(JSON.parse(run(root, 'npm', ...packing)));
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  run(project, 'npm', 'install', '--offline', '--no-audit', join(folder, packed.filename));
  return { packed, project, installed: join(project, 'node_modules/synthgen') };
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Serves a folder to pages of every origin, as a CDN does; the address ends with a slash. */
export async function serveFolder(context, folder) {
  const server = createServer((request, response) => {
    try {
      const { pathname } = new URL(request.url, 'http://localhost');
      const body = readFileSync(join(folder, pathname));
      response.setHeader('content-type', types[extname(pathname)] ?? 'application/octet-stream');
      response.setHeader('access-control-allow-origin', '*');
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/`;
}
