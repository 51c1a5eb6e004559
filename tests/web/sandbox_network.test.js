// Visitors' code reaches no network and runs no code but its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { classCode, message, runCode } from './support/code.js';
import { all, elsewhere, inPlainWorker, inSandbox } from './support/probes.js';
import { blankPage, site, visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

/** What asks another site for an address that ends with the attempt's number. */
const requests = {
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
    const text = 'try { importScripts(' + JSON.stringify(url) + ') } finally { postMessage(1) }';
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    Object.assign(worker, { onmessage: done, onerror: fail });
  })`,
  'a chain of promises': `(url) => Promise.resolve(url).then(self['fet' + 'ch'])`,
  'a timer': `(url) => new Promise((done, fail) => setTimeout(() => fetch(url).then(done, fail)))`,
};

/** The attempts with their addresses. */
const numbered = Object.fromEntries(
  Object.entries(requests).map(([name, request], i) => [
    name,
    `async () => { await (${request})(there + ${i}); return true; }`,
  ]),
);

const isAsked = (asked, i) => asked.some((path) => path === `/${i}`);

test('no request of visitors’ code leaves; without the sandbox each arrives', async (context) => {
  const { url: there, asked } = await elsewhere(context);
  const { page, close } = await visit({ hash, mayComplain: true });
  const inside = await inSandbox(page, numbered, { there });
  await close();
  assert.deepEqual(asked, []);

  const plain = await blankPage();
  await plain.goto(`${there}control.html`);
  await inPlainWorker(plain, numbered, { there });
  await plain.context().close();
  for (const [i, name] of Object.keys(requests).entries()) {
    await context.test(name, () => {
      assert.notEqual(inside[name], undefined, 'it was tried in the sandbox');
      assert.ok(isAsked(asked, i), 'without the sandbox the request arrives');
    });
  }
});

/** What runs code that is not the visitor's module, or reads what the site serves. */
const loads = {
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

test('visitors’ code loads no other code; without the sandbox it does', async (context) => {
  const { url: there } = await elsewhere(context);
  const { page, close } = await visit({ hash, mayComplain: true });
  const inside = await inSandbox(page, loads, { here: site.url });
  await close();
  const plain = await blankPage();
  await plain.goto(`${there}control.html`);
  assert.deepEqual(await inPlainWorker(plain, loads, { here: there }), all(loads, 'succeeded'));
  await plain.context().close();
  for (const [name, outcome] of Object.entries(inside)) {
    await context.test(name, () => assert.match(outcome, /^(refused|nothing happened)$/));
  }
});

test('an import that the module starts with reaches nothing either', async (context) => {
  const { url: there, asked } = await elsewhere(context);
  const { page, close } = await visit({ hash, mayComplain: true });
  await runCode(page, `import x from '${there}module.js';\n${classCode('return [x];')}`);
  assert.match(await message(page), /^the code could not be loaded: it imports something/);
  await close();
  assert.deepEqual(asked, []);
  const plain = await blankPage();
  await plain.goto(`${there}control.html`);
  const started = await plain.evaluate(
    (url) =>
      new Promise((resolve, reject) => {
        const text = `import x from '${url}'; postMessage(x);`;
        const blob = new Blob([text], { type: 'text/javascript' });
        const worker = new Worker(URL.createObjectURL(blob), { type: 'module' });
        worker.addEventListener('message', ({ data }) => resolve(data));
        worker.addEventListener('error', reject);
      }),
    `${there}module.js`,
  );
  assert.equal(started, 1);
  assert.deepEqual(asked.at(-1), '/module.js');
  await plain.context().close();
});
