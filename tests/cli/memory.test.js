import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSanitized, scratch, start } from './synthgen.js';

/** The largest resident memory of a run until shortly before its end, in MiB. */
async function peakMemoryMiB(...args) {
  const child = start(...args);
  let peak = 0;
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const ended = once(child, 'close');
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(status.match(/^VmHWM:\s+(\d+) kB$/m)?.[1] ?? 0) / 1024);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
    }
    await sleep(2);
  }
  const [status] = await ended;
  assert.equal(status, 0, stderr);
  return peak;
}

for (const format of ['jsonl', 'pt']) {
  test(`${format}: a hundred times the tokens take no more memory`, async (t) => {
    if (isSanitized) return t.skip('SKIPPED: AddressSanitizer keeps memory that is freed');
    const peaks = [];
    for (const tokens of [1e6, 1e8]) {
      const directory = join(scratch(t), 'out');
      const size = ['--seq-length', 500, '--num-train', tokens / 500, '--num-val', 0];
      const flags = ['--format', format, '--threads', 2, '--quiet'];
      peaks.push(await peakMemoryMiB('generate', '--output-dir', directory, ...size, ...flags));
    }
    t.diagnostic(
      `${peaks.map((peak) => peak.toFixed(1)).join(' and ')} MiB at 10^6 and 10^8 tokens`,
    );
    assert.ok(peaks[0] > 1, 'was measured');
    assert.ok(peaks[1] < peaks[0] + 4);
    assert.ok(peaks[1] < 64);
  });
}
