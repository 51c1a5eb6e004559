// Answers from the files of one build, so that the page works offline after the first visit. The
// build puts `version` and `files` in front, see plugin.ts: only files with these hashes are kept.
//
// A new version waits until every tab of the old one is closed: no tab ever mixes two of them.

/* global version, files */

const { scope } = self.registration;
const ours = `synthgen ${scope} `;
const cacheName = ours + version;
const kept = new Map(
  Object.entries(files).map(([file, integrity]) => [new URL(file, scope).href, integrity]),
);

async function keep(cache, [url, integrity]) {
  const response = await fetch(url, { cache: 'no-cache', integrity });
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  // A navigation does not take an answer that was redirected on its way here.
  await cache.put(url, new Response(response.body, response));
}

async function install() {
  const cache = await caches.open(cacheName);
  await Promise.all([...kept].map((file) => keep(cache, file)));
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(ours) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request, url) {
  const cached = await caches.match(url, { cacheName });
  return cached ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const url = origin + pathname;
  if (event.request.method === 'GET' && kept.has(url)) {
    event.respondWith(answer(event.request, url));
  }
});
