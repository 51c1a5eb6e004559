// Attempts of visitors' code to keep or to read something.

export const stores = {
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
export const answerOnChannel = () => {
  globalThis.probeChannel = new BroadcastChannel('probe');
  globalThis.probeChannel.addEventListener('message', () =>
    globalThis.probeChannel.postMessage('answer'),
  );
};
