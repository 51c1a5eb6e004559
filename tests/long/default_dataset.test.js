import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSynthgen } from 'synthgen';

const program = fileURLToPath(new URL('../../build/native/synthgen', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'synthgen-long-'));

after(() => rmSync(folder, { recursive: true }));

/** metadata.json, with every file's checksum, of the default dataset of a family. */
function manifestOfProgram(family, threads) {
  const out = join(folder, `${family}-${threads}`);
  const flags = ['--generator', family, '--threads', String(threads), '--output-dir', out];
  execFileSync(program, ['generate', '--quiet', ...flags]);
  const manifest = readFileSync(join(out, 'metadata.json'), 'utf8');
  return { out, manifest };
}

/** The same, encoded by the module. */
async function manifestOfModule(family) {
  const synthgen = await createSynthgen();
  const generator = synthgen.generator({ generator: family });
  const encoder = synthgen.datasetEncoder(generator);
  while (encoder.next() !== null);
  return encoder.manifest();
}

for (const family of ['random', 'pattern', 'hierarchical', 'conditional']) {
  test(`the default ${family} dataset is the same with 1, 2 and 7 threads and from the module`, async () => {
    const { out, manifest } = manifestOfProgram(family, 1);
    const { files } = JSON.parse(manifest);
    assert.deepEqual(
      files.map(({ file, sequences }) => [file, sequences]),
      [
        ['train.jsonl', 50_000],
        ['val.jsonl', 5_000],
      ],
    );
    const checked = spawnSync(program, ['validate', out], { encoding: 'utf8' });
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
    for (const threads of [2, 7]) {
      const again = manifestOfProgram(family, threads);
      assert.equal(again.manifest, manifest);
      rmSync(again.out, { recursive: true });
    }
    assert.equal(await manifestOfModule(family), manifest);
    rmSync(out, { recursive: true });
  });
}
