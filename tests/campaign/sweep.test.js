// Nothing is lost and nothing is silently wrong, wherever a command that writes is stopped and
// whichever of its system calls fails.
//
// A sample of the points is tried; SYNTHGEN_CAMPAIGN=full tries all of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { binary, isSanitized } from '../cli/synthgen.js';
import { noStrace } from '../support/strace.js';
import { commands } from './commands.js';
import { campaignDirectory, isFull, mapAtOnce, sampleOf } from './process.js';
import { Sweep } from './sweep.js';

const sampledPoints = 6;
const shownFaults = 20;

const skip = noStrace || (isSanitized && 'a sanitized program cannot be traced');

commands.forEach((row, i) => {
  test(`${row.name}: whatever call it is stopped at, or fails`, { skip }, async (t) => {
    const sweep = new Sweep(row, binary, campaignDirectory(t));
    const reason = await sweep.prepare();
    if (reason !== undefined) return t.skip(reason);
    const all = sweep.points();
    const points = isFull ? all : sampleOf(all, sampledPoints, i);
    const faults = (await mapAtOnce(points, (point) => sweep.try(point))).flat();
    t.diagnostic(`${points.length} of ${all.length} points`);
    assert.equal(
      faults.length,
      0,
      `${faults.length} faults\n${faults.slice(0, shownFaults).join('\n')}`,
    );
  });
});
