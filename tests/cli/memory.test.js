import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { isSanitized, peakMemory, scratch } from './synthgen.js';

test('the laws of all tokens are written in a tenth of the memory of their file', async (t) => {
  if (isSanitized) return t.skip('SKIPPED: AddressSanitizer keeps memory that is freed');
  const directory = join(scratch(t), 'out');
  const size = ['--vocab-size', 4096, '--seq-length', 64, '--num-train', 400, '--num-val', 0];
  const flags = ['--format', 'npy', '--predictive', 'law', '--threads', 2, '--quiet'];
  const peak = await peakMemory('generate', '--output-dir', directory, ...size, ...flags);
  const file = statSync(join(directory, 'train_predictive_law.npy')).size;
  t.diagnostic(`${[peak, file].map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(' of ')} MiB`);
  assert.ok(peak > 2 ** 20, 'was measured');
  assert.ok(peak < file / 10);
});

for (const format of ['jsonl', 'pt']) {
  test(`${format}: fifty million tokens are written in a tenth of the memory of their file`, async (t) => {
    if (isSanitized) return t.skip('SKIPPED: AddressSanitizer keeps memory that is freed');
    const directory = join(scratch(t), 'out');
    const size = ['--seq-length', 500, '--num-train', 100_000, '--num-val', 0];
    const flags = ['--format', format, '--threads', 2, '--quiet'];
    const peak = await peakMemory('generate', '--output-dir', directory, ...size, ...flags);
    const file = statSync(join(directory, `train.${format}`)).size;
    t.diagnostic(`${[peak, file].map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(' of ')} MiB`);
    assert.ok(peak > 2 ** 20, 'was measured');
    assert.ok(peak < file / 10 && peak < 32 * 2 ** 20);
  });
}
