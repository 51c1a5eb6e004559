// Whatever visitors' code sends, the page takes only answers to its questions, and keeps working.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { message, runCode } from './support/code.js';
import { elsewhere } from './support/probes.js';
import { settled } from './support/page.js';
import { blankPage, visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

const foreign = /^the code sent messages of its own, which is not allowed; its worker was stopped$/;
const forged = /^the code answered in place of its generator; its worker was stopped$/;
const tooLarge = /^the code made more data than the page can take; its worker was stopped$/;
const silent = /did not (?:answer|load|end) within 2 s; its worker was stopped$/;

/**
 * What code does, when it loads or when it makes a sequence, and what the page then says. Without the
 * sandbox a page that takes messages as they are would get something else than the honest answer.
 */
const attempts = {
  'nothing at all': { load: `postMessage(null);`, says: foreign },
  'a number': { load: `postMessage(7);`, says: foreign },
  'a text': { load: `postMessage('wait');`, says: foreign },
  'a list': { load: `postMessage([{ beat: 'wait' }]);`, says: foreign },
  'a second start': { load: `postMessage({ beat: 'load' });`, says: foreign },
  'progress that is none': { load: `postMessage({ beat: { split: 'train' } });`, says: foreign },
  'progress before any question': {
    load: `postMessage({ beat: { split: 'train', index: 5 } });`,
    says: foreign,
  },
  'being idle while asked': { sequence: `postMessage({ beat: 'wait' });`, says: foreign },
  'progress that goes backwards': {
    sequence: `for (const index of [9, 8]) postMessage({ beat: { split: 'train', index } });`,
    says: foreign,
  },
  'progress of a place that is none': {
    sequence: `postMessage({ beat: { split: 'train', index: Infinity } });`,
    says: foreign,
  },
  'an answer to no question': { load: `postMessage({ id: 77, answer: null });`, says: foreign },
  'an answer of its own': {
    sequence: `postMessage({ id: 1, answer: { tokens: 5 } });`,
    says: forged,
  },
  'an answer without content': { sequence: `postMessage({ id: 1, answer: null });`, says: forged },
  'a refusal that is none': { sequence: `postMessage({ id: 1, refusal: 'no' });`, says: forged },
  'a refusal with bad fields': {
    sequence: `postMessage({ id: 1, refusal: { kind: 'usage', message: 'x', problems: [null] } });`,
    says: forged,
  },
  'an answer that contains itself': {
    sequence: `const answer = {}; answer.answer = answer; postMessage({ id: 1, answer });`,
    says: foreign,
  },
  'an answer with 200 MB': {
    sequence: `postMessage({ id: 1, answer: new Uint8Array(2e8) });`,
    // Copying it may already take too long.
    says: new RegExp(`${tooLarge.source}|${silent.source}`),
  },
  'an answer with four thousand million holes': {
    sequence: `postMessage({ id: 1, answer: new Array(2 ** 32 - 1) });`,
    says: tooLarge,
  },
  'an answer that is no plain data': {
    sequence: `postMessage({ id: 1, answer: new Map([[1, new Blob(['x'])]]) });`,
    says: foreign,
  },
  'a prototype that answers': {
    load: `Object.prototype.beat = 'wait'; postMessage({});`,
    says: foreign,
  },
  ports: {
    load: `const { port1, port2 } = new MessageChannel(); postMessage(port2, [port2]);`,
    says: foreign,
  },
  'no answer, by a listener that was first': {
    load: `addEventListener('message', (event) => event.stopImmediatePropagation(), true);`,
    says: silent,
  },
  'no answer, by another postMessage': {
    load: `const post = self.postMessage; self.postMessage = (data) => post.call(self, 'x');`,
    says: foreign,
  },
  'no answer, by closing itself': { load: `self.close();`, says: silent },
  'a flood of nothing': {
    load: `for (let i = 0; i < 1e5; i += 1) postMessage(null);`,
    says: foreign,
  },
  'a flood of progress': {
    sequence: `for (let index = 0; index < 1e5; index += 1) postMessage({ beat: { split: 'train', index } });`,
    says: foreign,
  },
  'a flood without end': { load: `while (true) postMessage({ beat: 'load' });`, says: foreign },
  'a flood of large messages': {
    load: `for (let i = 0; i < 40; i += 1) postMessage({ id: i, answer: new Uint8Array(1e7) });`,
    says: foreign,
  },
};

const codeOf = ({ load = '', sequence = '' }) => `${load}
export default ({ SequenceGenerator }) => class Sender extends SequenceGenerator {
  generateSequence() {
    if (this.item.index === 0) { ${sequence} }
    return [1];
  }
};
`;

/** A worker that answers each question honestly, unless an attempt comes between. */
const plainCode = ({ load = '', sequence = '' }) => `${load}
addEventListener('message', ({ data: { id } }) => {
  ${sequence}
  postMessage({ id, answer: 'honest' });
});
`;

/** What a page hears that asks a plain worker once: all until it has asked an honest one, twice. */
async function heardWithout(page, attempt) {
  return page.evaluate(
    async ([text, honest]) => {
      const start = (script) => {
        const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
        const worker = new Worker(url, { type: 'module' });
        const heard = [];
        let count = 0;
        const waiting = [];
        worker.addEventListener('message', ({ data }) => {
          if (heard.length < 10)
            heard.push(typeof data === 'object' && data?.answer ? data.answer : '?');
          // Enough has come: the rest of a flood would only keep the page busy.
          count += 1;
          if (count === 100) worker.terminate();
          for (const done of waiting.splice(0)) done();
        });
        const ask = () => {
          worker.postMessage({ id: 1 });
          return new Promise((done) => waiting.push(done));
        };
        return { worker, heard, ask };
      };
      const tried = start(text);
      tried.ask();
      const other = start(honest);
      for (let i = 0; i < 20; i += 1) await other.ask();
      // What does not even start has said nothing: it needs as long as the honest one.
      for (let i = 0; i < 200 && tried.heard.length === 0; i += 1) {
        await new Promise((done) => setTimeout(done, 5));
      }
      tried.worker.terminate();
      other.worker.terminate();
      return tried.heard.map((answer) => (typeof answer === 'string' ? answer : 'other'));
    },
    [plainCode(attempt), plainCode({})],
  );
}

test('messages of visitors’ code do nothing to the page; without the sandbox they arrive', async (context) => {
  const { url: there } = await elsewhere(context);
  const { page, close } = await visit({ hash });
  const plain = await blankPage();
  await plain.goto(`${there}control.html`);
  assert.deepEqual(await heardWithout(plain, {}), ['honest']);
  for (const [name, attempt] of Object.entries(attempts)) {
    await context.test(name, async () => {
      await runCode(page, codeOf(attempt));
      assert.match(await message(page), attempt.says);
      assert.notDeepEqual(await heardWithout(plain, attempt), ['honest']);
      // The page works on, with honest code as well.
      await runCode(page, codeOf({}));
      assert.equal(await message(page), '');
    });
  }
  await page.getByRole('radio', { name: 'random', exact: true }).click();
  await settled(page);
  assert.equal(page.frames().length, 1, 'no sandbox is left');
  await plain.context().close();
  await close();
});
