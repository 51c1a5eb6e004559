// Visitors' code has no storage: it cannot read, write or overwrite what the page keeps.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { all, elsewhere, inPlainWorker, inSandbox } from './support/probes.js';
import { answerOnChannel, stores } from './support/storage_probes.js';
import { blankPage, visit } from './support/visits.js';

const hash = '#generator=custom&vocab_size=50&seq_length=12';

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
