// Visitors' code is stopped with all that it started, and takes the page down in no way.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { launch, newPage } from './support/browser.js';
import { classCode, message, runCode, write } from './support/code.js';
import { openPage, settled } from './support/page.js';
import { elsewhere } from './support/probes.js';
import { blankPage, site, visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

const stopped = /did not (?:load|answer|end) within 2 s; its worker was stopped$/;
const regex = `/^(a+)+$/.test('a'.repeat(60) + 'b');`;

/** What never ends: when the code loads, in a sequence, or after it. */
const endless = {
  'a loop at the start': { load: 'while (true);' },
  'a loop in a sequence': { sequence: 'while (true);' },
  'a wait at the start': { load: 'await new Promise(() => {});' },
  'promises without end at the start': { load: 'while (true) await null;' },
  'a regular expression': { sequence: regex },
  'a loop of timers that leaves no time': {
    load: `const spin = () => { setTimeout(spin); const list = []; for (let i = 0; ; i += 1) list[0] = i; };
setTimeout(spin);`,
  },
  'a list without end': { sequence: 'return { get tokens() { while (true); } };' },
  'a class that is never made': {
    load: '',
    made: 'constructor(config) { super(config); while (true); }',
  },
};

const codeOf = ({ load = '', sequence = '', made = '' }) => `${load}
export default ({ SequenceGenerator }) => class Endless extends SequenceGenerator {
  ${made}
  generateSequence() { ${sequence || 'return [1];'} }
};
`;

/** The same in a plain worker: it answers when it has made a sequence. */
const plainCode = (attempt) => `
const SequenceGenerator = class { };
${codeOf(attempt).replace('export default', 'const makeClass =')}
const Class = makeClass({ SequenceGenerator });
addEventListener('message', () => {
  const made = new Class().generateSequence();
  postMessage(made.tokens ? made.tokens.length : 1);
});
`;

/** Whether a plain worker answers before an honest one, started after it, has done so 20 times. */
const answersWithout = (page, attempt) =>
  page.evaluate(
    async (texts) => {
      const [tried, honest] = texts.map((text) => {
        const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
        return new Worker(url, { type: 'module' });
      });
      let answers = 0;
      tried.addEventListener('message', () => (answers += 1));
      tried.postMessage(null);
      for (let i = 0; i < 20; i += 1) {
        honest.postMessage(null);
        await new Promise((done) => honest.addEventListener('message', done, { once: true }));
        await new Promise((done) => setTimeout(done, 5));
      }
      tried.terminate();
      honest.terminate();
      return answers > 0;
    },
    [plainCode(attempt), plainCode({})],
  );

/** The workers of visitors' code that run. */
function codeWorkers(page) {
  const running = new Set();
  page.on('worker', (worker) => {
    if (!worker.url().startsWith('blob:')) return;
    running.add(worker);
    worker.on('close', () => running.delete(worker));
  });
  return running;
}

/** Waits until no code runs and no sandbox is left. */
const isQuiet = (page, running) =>
  until(() => running.size === 0 && page.frames().length === 1, 'the sandbox is gone');

test('what never ends is stopped; without the sandbox it goes on', async (context) => {
  const { url: there } = await elsewhere(context);
  const plain = await blankPage();
  await plain.goto(`${there}control.html`);
  assert.equal(await answersWithout(plain, {}), true);
  const { page, close } = await visit({ hash });
  const running = codeWorkers(page);
  for (const [name, attempt] of Object.entries(endless)) {
    await context.test(name, async () => {
      await runCode(page, codeOf(attempt));
      assert.match(await message(page), stopped);
      await isQuiet(page, running);
      assert.equal(await answersWithout(plain, attempt), false);
    });
  }
  await runCode(page, classCode('return [1];'));
  assert.equal(await message(page), '');
  await plain.context().close();
  await close();
});

test('another family stops the code at once, also while it works for nobody', async () => {
  const { page, close } = await visit({ hash });
  const running = codeWorkers(page);
  const busy = 'self.onmessage = () => setTimeout(() => { while (true); }, 300);\n';
  await runCode(page, busy + classCode('return [1];'));
  assert.equal(running.size, 1);
  await page.getByRole('radio', { name: 'random', exact: true }).click();
  await settled(page);
  await isQuiet(page, running);
  await close();
});

test('newer code stops the older', async () => {
  const { page, close } = await visit({ hash });
  const running = codeWorkers(page);
  for (let i = 1; i <= 3; i += 1) await runCode(page, classCode(`return [${i}];`));
  await until(() => running.size === 1 && page.frames().length === 2, 'one sandbox is left');
  await close();
});

const greedy = `const kept = (globalThis.kept ??= []);
    for (let i = 0; i < 1e4; i += 1) kept.push(new Array(1e6).fill(i + 0.5));
    return [1];`;

/** The test's driver takes the end of a frame's process for that of the page: the page tells the site. */
const tellSite = () => {
  if (globalThis !== globalThis.top) return;
  setInterval(() => {
    const text = document.querySelector('.code-message')?.textContent;
    if (text) fetch(`says/${encodeURIComponent(text)}`).catch(() => {});
  }, 100);
};

/** What the page last told the site. */
const lastSaid = () => {
  const said = site.requests.findLast((path) => path.includes('/says/'));
  return said && decodeURIComponent(said.split('/says/')[1]);
};

test('code without measure ends with its process, and the page says so; a page without the sandbox ends', async (context) => {
  const small = await launch(['--js-flags=--max-old-space-size=150']);
  context.after(() => small.close());
  const { page } = await openPage(small, site, { hash, init: tellSite });
  await write(page, classCode(greedy));
  await page.getByRole('button', { name: 'Run' }).click();
  await until(
    () => /ran out of memory|did not end within 2 s/.test(lastSaid()),
    'the page says so',
  );

  const { url: there } = await elsewhere(context);
  const plain = await newPage(small);
  await plain.goto(`${there}control.html`);
  const ended = new Promise((done) => plain.on('crash', done));
  await plain.evaluate((text) => {
    globalThis.worker = new Worker(URL.createObjectURL(new Blob([text])));
  }, `(() => { ${greedy} })()`);
  await ended;
});

test('code whose process has ended is said to have run out of memory', async () => {
  const { page } = await visit({ hash, init: tellSite });
  const [, frame] = page.frames();
  const session = await page.context().newCDPSession(frame);
  // The next settings find out.
  await page.evaluate(() => {
    setTimeout(() => (location.hash = '#generator=custom&vocab_size=50&seq_length=11'), 3000);
  });
  session.send('Page.crash').catch(() => {});
  await until(
    () => lastSaid() === 'the code ended its process; it probably ran out of memory',
    'the page says so',
  );
  await page.context().close();
});
