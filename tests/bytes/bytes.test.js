// The same bytes by every compiler, at every level of optimization, on every processor, in node and
// in a page: checksums of 200 drawn configs.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launch } from '../web/support/browser.js';
import { tokenChecksums } from './checksum_module.js';
import { campaignDirectory, run } from '../campaign/process.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const script = join(repository, 'tests/bytes/build_checksums');
const count = 200;

const has = (command) => spawnSync(command, ['--version']).error === undefined;
const missing = (...commands) => {
  const absent = commands.filter((command) => !has(command));
  return absent.length > 0 && `needs ${absent.join(' and ')}: tools/setup aarch64`;
};

const builds = [
  { name: 'g++ -O3', compiler: ['g++', '-O3'] },
  { name: 'g++ -O0', compiler: ['g++', '-O0'] },
  { name: 'clang++ -O2', compiler: ['clang++', '-O2'] },
  {
    name: 'g++ -O2 for aarch64',
    compiler: ['aarch64-linux-gnu-g++', '-O2', '-static'],
    emulator: 'qemu-aarch64',
  },
];

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Serves the repository's files, and an empty page. */
async function serve() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/')
      return response.setHeader('content-type', 'text/html').end('<!doctype html>');
    try {
      const body = await readFile(join(repository, normalize(pathname)));
      response.setHeader('content-type', types[extname(pathname)] ?? 'application/octet-stream');
      return response.end(body);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('checksums of drawn configs', () => {
  const directory = campaignDirectory({ after });
  let expected;

  const linesOf = async ({ name, compiler, emulator }) => {
    const program = join(directory, name.replaceAll(' ', '_'));
    const built = await run(script, [program, ...compiler]);
    assert.equal(built.status, 0, built.stderr);
    const command = emulator === undefined ? [program] : [emulator, program];
    const { status, stdout, stderr } = await run(command[0], [...command.slice(1), count]);
    assert.equal(status, 0, stderr);
    return stdout.trimEnd().split('\n');
  };

  before(async () => {
    expected = await linesOf(builds[0]);
    assert.equal(expected.length, count);
  });

  for (const { name, compiler, emulator } of builds.slice(1)) {
    const skip = missing(compiler[0], ...(emulator === undefined ? [] : [emulator]));
    test(`of a program built by ${name}`, { skip }, async () => {
      assert.deepEqual(await linesOf({ name, compiler, emulator }), expected);
    });
  }

  const compare = (checksums) => {
    assert.deepEqual(
      checksums,
      expected.map((line) => JSON.parse(line).tokens),
    );
  };
  const configs = () => expected.map((line) => JSON.parse(line).config);

  test('of the module in node', async () => {
    const { createSynthgen } = await import('synthgen');
    compare(tokenChecksums(await createSynthgen(), configs()));
  });

  test('of the module in Chromium', async (t) => {
    const server = await serve();
    t.after(() => server.close());
    const browser = await launch();
    t.after(() => browser.close());
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    compare(
      await page.evaluate(async (drawn) => {
        const { createSynthgen } = await import('/web/module/browser.js');
        const sums = await import('/tests/bytes/checksum_module.js');
        return sums.tokenChecksums(await createSynthgen(), drawn);
      }, configs()),
    );
  });
});
