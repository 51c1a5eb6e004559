// Attempts to get out of the sandbox of visitors' code. Each is made twice: as a visitor's code in the
// playground, where it must fail, and without the sandbox, where it must succeed: otherwise its failure
// would show nothing.

import { createServer } from 'node:http';

import { settled } from './page.js';
import { runCode } from './code.js';
import { patienceMs } from '../../support/until.js';

/** What became of an attempt. */
export const outcomes = ['refused', 'succeeded', 'nothing happened'];

/** In the sandbox an attempt that does nothing for so long has failed; code may load for 2 s. */
const waitMs = 700;

const tiny = `self.addEventListener('message', ({ data }) => self.postMessage(data));`;

/**
 * A site of another origin without any policy. It answers everything, allows everybody to read it and
 * lists in `asked` what it was asked for.
 */
export async function elsewhere(context) {
  const asked = [];
  const answers = {
    '/control.html': ['text/html', '<!doctype html><title>control</title>'],
    '/worker.js': ['text/javascript', tiny],
    '/shared.js': ['text/javascript', 'onconnect = ({ ports: [port] }) => port.postMessage(1);'],
    '/module.js': ['text/javascript', 'export default 1;'],
    '/empty.wasm': ['application/wasm', Buffer.from([0, 97, 115, 109, 1, 0, 0, 0])],
    '/events': ['text/event-stream', 'data: 1\n\n'],
    '/picture.svg': [
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    ],
    '/page.html': ['text/html', '<!doctype html><script>parent.postMessage("page", "*")</script>'],
    '/frame.html': ['text/html', '<!doctype html><title>frame</title>'],
  };
  const server = createServer((request, response) => {
    const path = request.url.split('?')[0];
    asked.push(request.url);
    const [type, body] = answers[path] ?? ['text/plain', 'ok'];
    response.writeHead(200, {
      'content-type': type,
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'cache-control': 'no-store',
    });
    response.end(body);
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request.url);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, asked };
}

/** A module's text that makes all attempts at once: `results` has the index of each one's outcome. */
function attemptsText(attempts, constants, ms) {
  const listed = Object.values(attempts).map((attempt) => `  ${attempt},\n`);
  return `
const { ${Object.keys(constants).join(', ')} } = ${JSON.stringify(constants)};
const isTrue = async (attempt) => {
  try { return (await attempt()) ? 1 : 0; } catch { return 0; }
};
const silence = () => new Promise((done) => setTimeout(() => done(2), ${ms}));
const results = await Promise.all([
${listed.join('')}].map((attempt) => Promise.race([isTrue(attempt), silence()])));
`;
}

/** The outcomes by the attempts' names. */
export const named = (attempts, results) =>
  Object.fromEntries(Object.keys(attempts).map((name, i) => [name, outcomes[results[i]]]));

/** A visitor's code that makes all attempts: sequence i is the outcome of attempt i. */
export const attemptsCode = (attempts, constants) =>
  `${attemptsText(attempts, constants, waitMs)}
export default ({ SequenceGenerator }) => class Attempts extends SequenceGenerator {
  generateSequence() {
    return [results[this.item.index] ?? 3];
  }
};
`;

/** The outcome of each attempt as a visitor's code: sequence i is the outcome of attempt i. */
export async function inSandbox(page, attempts, constants) {
  const count = Object.keys(attempts).length;
  await runCode(page, attemptsCode(attempts, constants));
  await settled(page);
  await page.getByRole('radio', { name: 'text' }).click();
  const lines = await page.locator('.text-tokens').allTextContents();
  return named(
    attempts,
    lines.slice(0, count).map((line) => Number(line.trim())),
  );
}

/** The outcome of each attempt in a plain worker of a page without any policy. */
export async function inPlainWorker(page, attempts, constants) {
  const text = `${attemptsText(attempts, constants, patienceMs)}self.postMessage(results);`;
  const results = await page.evaluate(
    (script) =>
      new Promise((resolve, reject) => {
        const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
        const worker = new Worker(url, { type: 'module' });
        worker.addEventListener('message', ({ data }) => Array.isArray(data) && resolve(data));
        worker.addEventListener('error', (event) => reject(new Error(event.message || 'no start')));
      }),
    text,
  );
  return named(attempts, results);
}

/** The outcome of an attempt in the window of a frame or page, as if its own script made it. */
export async function inWindow(frame, attempt, constants) {
  const names = Object.keys(constants).join(', ');
  // The protocol evaluates text also where the page's policy forbids its scripts to.
  const text = `(async () => {
    const { ${names} } = ${JSON.stringify(constants)};
    const act = async () => {
      try { return (await (${attempt})()) ? 1 : 0; } catch { return 0; }
    };
    return Promise.race([act(), new Promise((done) => setTimeout(() => done(2), ${waitMs}))]);
  })()`;
  // A window that went elsewhere has no answer; the other site knows.
  return outcomes[await frame.evaluate(text).catch(() => 2)];
}

/** Every name with the same outcome. */
export const all = (attempts, outcome) =>
  Object.fromEntries(Object.keys(attempts).map((name) => [name, outcome]));

/** Adds a plain frame with this address to a page, and waits until it has loaded. */
export function addFrame(page, url) {
  return page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
    return new Promise((done) => frame.addEventListener('load', done));
  }, url);
}
