import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { peakMemory, scratch } from '../cli/synthgen.js';

for (const format of ['jsonl', 'npy', 'pt', 'safetensors', 'bin', 'llmc', 'megatron', 'csv']) {
  test(`a hundred million tokens in ${format} take the memory of ten million, under 64 MiB`, async (t) => {
    const directory = scratch(t);
    const separator = ['bin', 'llmc'].includes(format) ? ['--separator', 900] : [];
    const lengths = ['--seq-length', 256, '--length-variation', 0.5, '--vocab-size', 900];
    const peak = async (sequences) => {
      const out = join(directory, String(sequences));
      const size = ['--num-train', sequences, '--num-val', 0, '--threads', 1, '--quiet'];
      const flags = ['--output-dir', out, '--format', format, ...separator];
      const bytes = await peakMemory('generate', ...size, ...lengths, ...flags);
      rmSync(out, { recursive: true });
      return bytes;
    };
    const [small, large] = [await peak(39_062), await peak(390_625)];
    const spread = 4 * 2 ** 20;
    assert.ok(large < 64 * 2 ** 20 && large < small + spread, `${small} and ${large} bytes`);
  });
}

test('twenty-five million tokens are analyzed in 128 MiB, on one thread and on two', async (t) => {
  const directory = join(scratch(t), 'data');
  const size = ['--num-train', 50_000, '--num-val', 0, '--quiet'];
  await peakMemory('generate', '--output-dir', directory, ...size);
  for (const threads of [1, 2]) {
    const peak = await peakMemory('analyze', '--json', '--threads', threads, directory);
    assert.ok(peak > 2 ** 20 && peak < 128 * 2 ** 20, `${peak} bytes on ${threads}`);
  }
});
