// The charts: read as tables, saved as files, compared with what is expected.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { dataTable } from './support/page.js';
import { visit } from './support/visits.js';

/** What a click on the button of a drawn chart saves: the file's name and bytes. */
async function saved(page, button) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test('a chart is saved as CSV with its numbers', async () => {
  const { page, close } = await visit({ hash: '#generator=random&vocab_size=50&seq_length=100' });
  const { name, bytes } = await saved(page, 'Save Local coherence as CSV');
  assert.equal(name, 'local-coherence.csv');
  const [head, ...rows] = bytes.toString('utf8').trimEnd().split('\n');
  assert.equal(head, '"local coherence, from",to,sequences');
  const total = rows.reduce((sum, row) => sum + Number(row.split(',')[2]), 0);
  assert.equal(total, 200);
  await close();
});

/** For `init`: what takes longer to measure is not asked for before `globalThis.release()`. */
function holdDetails() {
  const send = Worker.prototype.postMessage;
  const held = [];
  Worker.prototype.postMessage = function post(...parameters) {
    if (parameters[0]?.name === 'detail') held.push(() => send.apply(this, parameters));
    else send.apply(this, parameters);
  };
  globalThis.release = () => held.splice(0).forEach((run) => run());
}

test('a chart can be saved once it is drawn, not before', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern', init: holdDetails });
  const saves = (title) => page.getByRole('button', { name: `Save ${title} as CSV` });
  await until(() => saves('Local coherence').isEnabled(), 'a chart was drawn');
  assert.ok(await saves('Equal tokens at lag').isDisabled());
  await page.evaluate(() => globalThis.release());
  await until(() => saves('Equal tokens at lag').isEnabled(), 'a slow chart was drawn');
  await close();
});

test('a chart is saved as an SVG that needs no style sheet', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  const { name, bytes } = await saved(page, 'Save Structure as SVG');
  assert.equal(name, 'structure.svg');
  const text = bytes.toString('utf8');
  assert.match(text, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 [\d.]+ [\d.]+"/);
  assert.doesNotMatch(text, /class=|var\(|url\(|<style/);
  assert.match(text, />Structure<\/text>/);
  assert.match(text, />repetition<\/text>/);
  assert.match(text, /fill="rgb\(0, 114, 178\)"/);
  assert.match(text, /stroke-dasharray="4px, 3px"/);
  await close();
});

test('a chart is saved as a PNG three times as fine as on the screen', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  const chart = page.getByRole('img', { name: /^Token counts by rank.*Zipf fit/ });
  await chart.waitFor();
  const { name, bytes } = await saved(page, 'Save Token frequency as PNG');
  assert.equal(name, 'token-frequency.png');
  assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
  const drawn = await chart.boundingBox();
  assert.ok(bytes.readUInt32BE(16) >= 3 * drawn.width);
  assert.ok(bytes.length > 10_000, `${bytes.length} bytes`);
  await close();
});

test("the curriculum's stages are drawn over the sequences' complexity", async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await page
    .getByRole('img', {
      name: /^Complexity of 200 sequences .*stage2 takes those from 20 % to 60 %/,
    })
    .waitFor();
  const card = page.getByRole('region', { name: 'Complexity and curriculum' });
  const cells = (await dataTable(card)).at(-1);
  assert.equal(cells[0], 'stage3');
  assert.equal(cells.at(-1), '512');
  await close();
});

test('what is expected is drawn in: a law for the counts, a mark for each kind', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&vocab_distribution=zipf&zipf_exponent=1.2&noise_probability=0.2',
  });
  await page.getByRole('img', { name: /expected: Zipf, s = 1.2, exponent 1.2$/ }).waitFor();
  const structure = page.getByRole('region', { name: 'Structure' });
  const rows = (await dataTable(structure)).map((cells) => cells.join(' '));
  assert.match(rows[0], /expected/);
  assert.match(rows.at(-1), /^noise 0\.\d+ 0\.2$/);
  await close();
});

test('what takes longer to measure comes when the visitor rests', async () => {
  const { page, close } = await visit({
    hash: '#generator=pattern&pattern_types=alternation&pattern_probability=1',
  });
  const lags = page.getByRole('img', {
    name: /^Share of equal tokens at lags 1 to 64: most .* at lag 2,/,
  });
  await lags.waitFor();
  await page.getByRole('img', { name: /^Mutual information at distances 1 to 64/ }).waitFor();
  const card = page.getByRole('region', { name: 'Equal tokens at lag' });
  assert.equal((await dataTable(card)).length, 1 + 64);
  await close();
});
