// What a first visit costs.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { repository } from './support/site.js';
import { site, visit } from './support/visits.js';

const budgetBytes = 216_000;

test('until the page is usable it loads at most 216 kB, compressed', async () => {
  // What the service worker fetches once the page is usable does not count.
  const { close } = await visit();
  // Each once: a second worker starts from what the first one loaded.
  const asked = new Set(site.requests);
  await close();
  // The program itself: node's zlib takes up to 2 % more.
  const sizes = [...asked].map((path) => {
    const file = path.slice(new URL(site.url).pathname.length) || 'index.html';
    const bytes = execFileSync('gzip', ['-9nc', join(repository, 'build/site', file)]);
    return { file, size: bytes.length };
  });
  const sum = sizes.reduce((total, { size }) => total + size, 0);
  const list = sizes.map(({ file, size }) => `${size} ${file}`).join('\n');
  assert.ok(sum <= budgetBytes, `${sum} bytes by gzip -9:\n${list}`);
});
