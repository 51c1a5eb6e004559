import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSanitized, scratch, start } from './synthgen.js';

/** The largest resident memory of a run as far as it was seen, a few times before its end, in MiB. */
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
    for (const tokens of [5e5, 5e7]) {
      const directory = join(scratch(t), 'out');
      const size = ['--seq-length', 500, '--num-train', tokens / 500, '--num-val', 0];
      const flags = ['--format', format, '--threads', 2, '--quiet'];
      const command = ['generate', '--output-dir', directory, '--force', ...size, ...flags];
      const seen = [];
      // A short run can end before it is looked at a second time.
      for (let i = 0; i < (tokens < 5e7 ? 5 : 1); i += 1) {
        seen.push(await peakMemoryMiB(...command));
      }
      peaks.push(Math.max(...seen));
    }
    t.diagnostic(
      `${peaks.map((peak) => peak.toFixed(1)).join(' and ')} MiB at 0.5 and 50 million tokens`,
    );
    assert.ok(peaks[0] > 1, 'was measured');
    assert.ok(peaks[1] < peaks[0] + 4);
    assert.ok(peaks[1] < 64);
  });
}
