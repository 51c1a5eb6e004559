// Visitors' code has no storage: it cannot read, write or overwrite what the page keeps.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { all, elsewhere, inPlainWorker, inSandbox } from './support/probes.js';
import { blankPage, visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

const stores = {
  'writing IndexedDB': `() => new Promise((done, fail) => {
    const request = indexedDB.open('probe', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('probe');
    request.onsuccess = () => done(true);
    request.onerror = fail;
  })`,
  'listing IndexedDB': `async () => Array.isArray(await indexedDB.databases())`,
  'deleting IndexedDB': `() => new Promise((done, fail) => {
    Object.assign(indexedDB.deleteDatabase('other'), { onsuccess: () => done(true), onerror: fail });
  })`,
  'opening a cache': `async () => Boolean(await caches.open('probe'))`,
  'listing caches': `async () => Array.isArray(await caches.keys())`,
  'overwriting a script in a cache': `async () => {
    const cache = await caches.open('scripts');
    await cache.put(new URL('app.js', home), new Response('evil()'));
    return true;
  }`,
  'reading a cache': `async () => { await caches.match(new URL('app.js', home)); return true; }`,
  'deleting a cache': `async () => { await caches.delete('other'); return true; }`,
  'private files': `async () => {
    const folder = await navigator.storage.getDirectory();
    return Boolean(await folder.getFileHandle('probe', { create: true }));
  }`,
  'how much is stored': `async () => (await navigator.storage.estimate()).usage >= 0`,
  'locks that pages share': `() => navigator.locks.request('probe', () => true)`,
  'a channel to the pages': `() => new Promise((done) => {
    const channel = new BroadcastChannel('probe');
    channel.onmessage = ({ data }) => done(data === 'answer');
    channel.postMessage('question');
  })`,
};

/** Answers on the channel, as another part of the page would. */
const answerOnChannel = () => {
  globalThis.probeChannel = new BroadcastChannel('probe');
  globalThis.probeChannel.addEventListener('message', () =>
    globalThis.probeChannel.postMessage('answer'),
  );
};

test('visitors’ code has no storage; without the sandbox it has the page’s', async (context) => {
  const { url: there } = await elsewhere(context);
  const { page, close } = await visit({ hash, mayComplain: true });
  await page.evaluate(answerOnChannel);
  const inside = await inSandbox(page, stores, { home: page.url() });
  const kept = await page.evaluate(async () => [
    (await indexedDB.databases()).map(({ name }) => name),
    (await caches.keys()).filter((name) => !name.startsWith('synthgen ')),
  ]);
  assert.deepEqual(kept, [[], []]);
  await close();

  const plain = await blankPage();
  await plain.goto(`${there}control.html`);
  await plain.evaluate(answerOnChannel);
  const outside = await inPlainWorker(plain, stores, { home: there });
  await plain.context().close();
  assert.deepEqual(outside, all(stores, 'succeeded'));
  for (const [name, outcome] of Object.entries(inside)) {
    await context.test(name, () => assert.match(outcome, /^(refused|nothing happened)$/));
  }
});
