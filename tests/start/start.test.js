import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dataset = join(root, 'data/synthetic-small');

/** A port that is taken until the test ends. */
async function takenPort(t) {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, resolve);
  });
  t.after(() => server.close());
  return server.address().port;
}

/** The first URL that a program prints on its standard output. */
async function printedUrl(program) {
  for await (const line of createInterface({ input: program.stdout })) {
    const url = stripVTControlCharacters(line).match(/http:\/\/\S+/)?.[0];
    if (url !== undefined) return url;
  }
  return assert.fail('no URL was printed');
}

test('npm start makes a small dataset and serves the page on the next free port', async (t) => {
  rmSync(dataset, { recursive: true, force: true });
  const port = await takenPort(t);
  const program = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  t.after(() => {
    if (program.exitCode === null && program.signalCode === null) process.kill(-program.pid);
  });

  const url = await printedUrl(program);
  assert.ok(Number(new URL(url).port) > port, url);
  const page = await fetch(url);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<title>[^<]*synthgen/i);

  const lines = (file) => readFileSync(join(dataset, file), 'utf8').trimEnd().split('\n');
  assert.equal(lines('train.jsonl').length, 1000);
  assert.equal(lines('val.jsonl').length, 100);
  assert.equal(JSON.parse(lines('train.jsonl')[0]).input_ids.length, 128);
  assert.equal(JSON.parse(lines('metadata.json').join('\n')).config.vocab_size, 1000);
});
