import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertRefused, exitStatus, scratch, synthgen } from './synthgen.js';

function measures(...args) {
  const result = synthgen('measures', ...args);
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  return result.stdout;
}

const table = JSON.parse(measures('--json'));

/** The measures in a report of `analyze --measures NAMES` on data that has all of them. */
function measured(t, names) {
  const path = join(scratch(t), 'data.jsonl');
  writeFileSync(path, '[1,2,3,1,2,3,1,2,3]\n{"input_ids":[4,4,5],"predictive_bits":[3,1,2]}\n');
  const result = synthgen('analyze', path, '--json', '--measures', names);
  assert.equal(result.status, 0, result.stderr);
  return Object.keys(JSON.parse(result.stdout)).filter((key) =>
    table.some(({ name }) => name === key),
  );
}

/** Those of sequences whose structure is known are not in every report. */
const needsLatents = ({ needs_latents }) => needs_latents;

test('--json has each measure once, with its group, definition and source', () => {
  assert.ok(table.length > 20);
  assert.equal(new Set(table.map(({ name }) => name)).size, table.length);
  for (const entry of table) {
    const { name, group, in_default: inDefault, unit, formula, range, source, kind } = entry;
    assert.equal(Object.keys(entry).length, kind === 'curve' ? 16 : 15, name);
    for (const text of [name, group, formula, range, source]) assert.match(text, /\S/, name);
    const words = [kind, entry.expected, entry.chart, entry.section, entry.listed, entry.in_page];
    for (const word of words) assert.match(word, /^[a-z_]+$/, name);
    assert.equal(needsLatents(entry), formula.includes('latents'), name);
    assert.equal(typeof unit, 'string', name);
    assert.equal(typeof inDefault, 'boolean', name);
  }
});

test('default is what is marked as in it, and a name brings its group', (t) => {
  const names = (chosen) =>
    table.filter((entry) => !needsLatents(entry) && chosen(entry)).map(({ name }) => name);
  assert.deepEqual(
    measured(t, 'default').toSorted(),
    names((entry) => entry.in_default).toSorted(),
  );
  for (const group of new Set(table.map((entry) => entry.group))) {
    const members = names((entry) => entry.group === group).toSorted();
    for (const member of members) assert.deepEqual(measured(t, member), measured(t, group));
    assert.deepEqual(
      measured(t, group)
        .filter((name) => name !== 'distributions' || group === name)
        .toSorted(),
      members,
    );
  }
});

test('the list has the same content as text in 80 columns', () => {
  const list = measures();
  for (const line of list.split('\n')) assert.ok(line.length <= 80, line);
  const words = list.replaceAll(/\s+/g, ' ');
  for (const { name, group, in_default: inDefault, unit, formula, range, source } of table) {
    const [bounds, place] = [unit === '' ? range : `${range} ${unit}`, inDefault ? '' : 'not '];
    const entry = `${name} group ${group}, ${place}in default; ${bounds} ${formula} source: ${source}`;
    assert.ok(words.includes(entry), entry);
  }
  assert.match(list, /^average_entropy +group entropy, in default; 0 to log2 L bits$/m);
  assert.match(list, /^lz_complexity +group lz_complexity, not in default; 0 to 1$/m);
});

test('takes no operands', () => {
  assertRefused(synthgen('measures', 'entropy'), exitStatus.usage, /entropy/);
});
