// Even the frame around the worker of visitors' code reaches nothing: neither the network nor the page,
// and it cannot go elsewhere. No visitor's code gets into it; these attempts are put there by the test.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { classCode, runCode } from './support/code.js';
import { addFrame, elsewhere, inWindow } from './support/probes.js';
import { blankPage, visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

const withElement = (tag, set) => `(url) => new Promise((done) => {
  const made = document.createElement('${tag}');
  Object.assign(made, { onload: done, onerror: done });
  ${set}
  document.documentElement.append(made);
})`;

/** What asks another site for an address that ends with the attempt's number. */
const requests = {
  fetch: `(url) => fetch(url)`,
  'a picture': withElement('img', 'made.src = url;'),
  'a script': withElement('script', 'made.src = url;'),
  'a style sheet': withElement('link', `made.rel = 'stylesheet'; made.href = url;`),
  'a frame': withElement('iframe', 'made.src = url;'),
  'an object': withElement('object', 'made.data = url;'),
  'a video': withElement('video', 'made.src = url;'),
  'a beacon': `(url) => navigator.sendBeacon(url)`,
  'a form in another window': `(url) => {
    const form = document.createElement('form');
    Object.assign(form, { action: url, target: '_blank' });
    document.documentElement.append(form);
    form.submit();
  }`,
  'another window': `(url) => open(url)`,
  'going elsewhere': `(url) => void (location.href = url)`,
  'replacing itself': `(url) => location.replace(url)`,
  'a link': `(url) => {
    const link = document.createElement('a');
    link.href = url;
    document.documentElement.append(link);
    link.click();
  }`,
  'a refresh': `(url) => {
    const meta = document.createElement('meta');
    Object.assign(meta, { httpEquiv: 'refresh', content: '0; url=' + url });
    document.documentElement.append(meta);
  }`,
  'a form': `(url) => {
    const form = document.createElement('form');
    form.action = url;
    document.documentElement.append(form);
    form.submit();
  }`,
  'moving the page': `(url) => void (top.location.href = url)`,
};

/** What reads or changes something of the page or its origin. */
const reaches = {
  localStorage: `() => { localStorage.setItem('probe', '1'); return localStorage.probe === '1'; }`,
  sessionStorage: `() => { sessionStorage.setItem('probe', '1'); return true; }`,
  cookies: `() => { document.cookie = 'probe=1'; return document.cookie.includes('probe'); }`,
  'the page’s document': `() => Boolean(parent.document.body)`,
  'the page’s globals': `() => { parent.probe = 1; return parent.probe === 1; }`,
  'its own element': `() => Boolean(frameElement.id || frameElement.tagName)`,
  'a service worker': `async () => {
    await navigator.serviceWorker.register(base + 'worker.js');
    return true;
  }`,
  'a shared worker': `() => new Promise((done, fail) => {
    const worker = new SharedWorker(base + 'shared.js');
    worker.onerror = fail;
    worker.port.onmessage = () => done(true);
  })`,
  'a script in its document': `() => {
    const script = document.createElement('script');
    script.textContent = 'self.isRun = true';
    document.documentElement.append(script);
    return self.isRun === true;
  }`,
  'a handler in an attribute': `() => {
    const made = document.createElement('p');
    made.setAttribute('onclick', 'self.isClicked = true');
    document.documentElement.append(made);
    made.click();
    return self.isClicked === true;
  }`,
};

/** The frame of the sandbox that runs, a new one each time. */
async function sandboxFrame(page) {
  await runCode(page, classCode('return [1];'));
  const frames = page.frames().filter((frame) => frame !== page.mainFrame());
  assert.equal(frames.length, 1, 'one frame');
  return frames[0];
}

/** A plain frame of the other site in a page of it. */
async function plainFrame(page, there) {
  await page.goto(`${there}control.html`);
  await addFrame(page, `${there}frame.html`);
  return page.frames().find((frame) => frame.url().endsWith('frame.html'));
}

test('the frame sends no request and goes nowhere; without the sandbox each arrives', async (context) => {
  const { url: there, asked } = await elsewhere(context);
  const { page, close } = await visit({ hash, mayComplain: true });
  const address = page.url().split('#')[0];
  for (const [i, request] of Object.values(requests).entries()) {
    const frame = await sandboxFrame(page);
    await inWindow(frame, `async () => { await (${request})('${there}${i}'); }`, {});
  }
  assert.deepEqual(asked, []);
  assert.equal(page.url().split('#')[0], address);
  assert.equal(page.context().pages().length, 1);
  await close();

  const plain = await blankPage();
  for (const [i, [name, request]] of Object.entries(requests).entries()) {
    await context.test(name, async () => {
      const frame = await plainFrame(plain, there);
      await inWindow(frame, `async () => { await (${request})('${there}${i}'); }`, {});
      await until(
        () => asked.some((path) => path.replace('?', '') === `/${i}`),
        'the request arrives without the sandbox',
      );
    });
  }
  await plain.context().close();
});

test('the frame has no part in the page or its origin; a plain frame has', async (context) => {
  const { url: there } = await elsewhere(context);
  const { page, close } = await visit({ hash, mayComplain: true });
  const base = page.url().split('#')[0];
  const plain = await blankPage();
  const outer = await plainFrame(plain, there);
  for (const [name, attempt] of Object.entries(reaches)) {
    await context.test(name, async () => {
      const inner = await sandboxFrame(page);
      assert.notEqual(await inWindow(inner, attempt, { base }), 'succeeded');
      assert.equal(await inWindow(outer, attempt, { base: there }), 'succeeded');
    });
  }
  await plain.context().close();
  await close();
});
