// Attempts of visitors' code to reach a network, or to run other code.

/** What asks another site for an address that ends with the attempt's number. */
export const requests = {
  fetch: `(url) => fetch(url)`,
  'fetch without CORS': `(url) => fetch(url, { mode: 'no-cors' })`,
  'fetch that outlives its worker': `(url) => fetch(url, { keepalive: true })`,
  'fetch that posts': `(url) => fetch(url, { method: 'POST', body: 'secret' })`,
  'fetch of a Request': `(url) => fetch(new Request(url))`,
  'fetch with cookies': `(url) => fetch(url, { mode: 'no-cors', credentials: 'include' })`,
  'fetch of a page': `(url) => fetch(url, { mode: 'same-origin' }).catch(() => fetch(url))`,
  XMLHttpRequest: `(url) => new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    Object.assign(request, { onload: done, onerror: fail });
    request.open('GET', url);
    request.send();
  })`,
  'XMLHttpRequest that blocks': `(url) => {
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.send();
  }`,
  'a web socket': `(url) => new Promise((done) => {
    const socket = new WebSocket(url.replace('http', 'ws'));
    Object.assign(socket, { onopen: done, onclose: done });
  })`,
  'server-sent events': `(url) => new Promise((done) => {
    const source = new EventSource(url);
    source.onerror = source.onopen = () => done(source.close());
  })`,
  'an import': `(url) => import(url)`,
  'a font': `(url) => new FontFace('probe', 'url(' + url + ')').load().catch(() => {})`,
  'WebAssembly that streams': `(url) => WebAssembly.compileStreaming(fetch(url)).catch(() => {})`,
  'a nested worker that fetches': `(url) => new Promise((done, fail) => {
    const text = 'fetch(' + JSON.stringify(url) + ').finally(() => postMessage(1))';
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    Object.assign(worker, { onmessage: done, onerror: fail });
  })`,
  'a nested worker that imports': `(url) => new Promise((done, fail) => {
    const text = 'try { importScripts(' + JSON.stringify(url) + ') } catch {} postMessage(1)';
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    Object.assign(worker, { onmessage: done, onerror: fail });
  })`,
  'a chain of promises': `(url) => Promise.resolve(url).then(self['fet' + 'ch'])`,
  'a timer': `(url) => new Promise((done, fail) => setTimeout(() => fetch(url).then(done, fail)))`,
};

/** The attempts with their addresses. */
export const numbered = Object.fromEntries(
  Object.entries(requests).map(([name, request], i) => [
    name,
    `async () => { await (${request})(there + ${i}); return true; }`,
  ]),
);

export const isAsked = (asked, i) => asked.some((path) => path === `/${i}`);

/** What runs code that is not the visitor's module, or reads what the site serves. */
export const loads = {
  eval: `() => (0, eval)('1') === 1`,
  'new Function': `() => new Function('return 1')() === 1`,
  'a timer with text': `() => new Promise((done) => { self.told = done; setTimeout('told(true)'); })`,
  'an import of data': `async () => (await import('data:text/javascript,export default 1')).default`,
  'an import of a blob': `async () => {
    const url = URL.createObjectURL(new Blob(['export default 1'], { type: 'text/javascript' }));
    return (await import(url)).default;
  }`,
  'an import from the site': `async () => Boolean(await import(here + 'module.js'))`,
  'a fetch from the site': `async () => (await fetch(here)).ok`,
  'a fetch from the site with its cookies': `async () => Boolean(await fetch(here, { credentials: 'include', mode: 'no-cors' }))`,
  'a fetch of data': `async () => (await fetch('data:,x')).ok`,
  'a fetch of a blob': `async () => (await fetch(URL.createObjectURL(new Blob(['x'])))).ok`,
  'a nested worker': `() => new Promise((done, fail) => {
    const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(true)'])));
    Object.assign(worker, { onmessage: ({ data }) => done(data), onerror: fail });
  })`,
  'a nested worker of data': `() => new Promise((done, fail) => {
    const worker = new Worker('data:text/javascript,postMessage(true)');
    Object.assign(worker, { onmessage: ({ data }) => done(data), onerror: fail });
  })`,
  'a nested worker from the site': `() => new Promise((done, fail) => {
    const worker = new Worker(here + 'worker.js');
    Object.assign(worker, { onmessage: () => done(true), onerror: fail });
    worker.postMessage(1);
  })`,
};
