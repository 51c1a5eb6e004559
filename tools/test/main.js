/**
 * Builds and tests everything: `npm test`, `npm run test:long`.
 *
 *   npm test -- [STAGE...]     only stages whose names contain a word, and what they need
 *
 * Stages that do not depend on a failed one go on. The last line counts tests and checks.
 */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { plan } from './plan.js';
import { closingLine, remarks, table } from './report.js';
import { runStage } from './run_stage.js';
import { stages } from './stages.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean', default: false } },
});

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const results = [];
for (const stage of plan(stages, { words: positionals, long: values.long })) {
  const blockedBy = stage.needs.find((need) =>
    results.some(({ name, failed }) => name === need && failed.length > 0),
  );
  console.log(`\n==== ${stage.name}`);
  const result =
    blockedBy === undefined
      ? await runStage(stage)
      : { passed: 0, failed: [`not run: needs ${blockedBy}`], skipped: [], minutes: 0, blockedBy };
  results.push({ name: stage.name, ...result });
}

console.log(`\n${table(results)}\n`);
const notes = remarks(results);
if (notes !== '') console.log(`${notes}\n`);
console.log(closingLine(results));
process.exitCode = results.some(({ failed }) => failed.length > 0) ? 1 : 0;
