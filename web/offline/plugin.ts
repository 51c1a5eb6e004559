import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Plugin } from 'vite';

import { headersFile } from '../sandbox/policy.ts';
import { socialPicture } from '../social/plugin.ts';

const source = fileURLToPath(new URL('service_worker.js', import.meta.url));
const name = 'service_worker.js';

const notForVisitors = [name, headersFile, socialPicture];

/** Files of the built site as they are asked for: `./` is the start page. */
function filesOf(directory: string): { path: string; url: string }[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !notForVisitors.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => {
      const url = relative(directory, path).replaceAll('\\', '/');
      return { path, url: url === 'index.html' ? './' : url };
    });
}

/** Writes the service worker beside the built site: its version is the hash of all files. */
export function offlinePlugin(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const files = filesOf(dir);
      const worker = readFileSync(source, 'utf8');
      const hash = createHash('sha256').update(worker);
      const hashes: Record<string, string> = {};
      for (const { path, url } of files) {
        const content = readFileSync(path);
        hash.update(url).update(content);
        hashes[url] = `sha256-${createHash('sha256').update(content).digest('base64')}`;
      }
      const version = hash.digest('hex').slice(0, 16);
      writeFileSync(
        join(dir, name),
        `const version = ${JSON.stringify(version)};\nconst files = ${JSON.stringify(hashes, null, 2)};\n\n${worker}`,
      );
    },
  };
}
