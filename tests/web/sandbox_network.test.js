// Visitors' code reaches no network and runs no code but its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { classCode, message, runCode } from './support/code.js';
import { isAsked, loads, numbered, requests } from './support/network_probes.js';
import { all, elsewhere, inPlainWorker, inSandbox } from './support/probes.js';
import { blankPage, site, visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

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
