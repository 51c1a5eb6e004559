// Readers of JSON lines infer a column's type from its first rows: each member of the latents has one.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { scratch, synthgen } from './synthgen.js';

const families = JSON.parse(synthgen('schema').stdout).properties.generator.enum.filter(
  (name) => name !== 'custom', // has no latents but what its code gives
);

const noise = ['--noise-probability', 0.1];
const both = ['pattern', 'composed'].map((generator) => ({ weight: 1, config: { generator } }));

/** The flags of families that need others than `noise`. */
const flags = {
  template: [...noise, '--templates', '[[1, "RANDOM"], ["PATTERN", 2]]'],
  mixture: [...noise, '--components', JSON.stringify(both)],
  recall: [],
};

const typeOf = (value) => {
  if (Array.isArray(value)) return 'list';
  if (Number.isInteger(value)) return 'number';
  return typeof value;
};

/** Adds the type of every member of a value to `types`, by path. null matches any type. */
function collect(value, path, types) {
  if (value === null) return;
  if (!types.has(path)) types.set(path, new Set());
  types.get(path).add(typeOf(value));
  if (typeof value !== 'object') return;
  const inside = Array.isArray(value) ? value.map((item) => ['[]', item]) : Object.entries(value);
  for (const [key, item] of inside) collect(item, `${path}.${key}`, types);
}

test('each member of latents has one type, whatever the family', (t) => {
  const directory = scratch(t);
  const types = new Map();
  for (const family of families) {
    const output = join(directory, family);
    const args = ['--generator', family, '--output-dir', output, '--num-train', 40, '--num-val', 0];
    const sizes = ['--seq-length', 64, '--latents', '--quiet'];
    const result = synthgen('generate', ...args, ...sizes, ...(flags[family] ?? noise));
    assert.equal(result.status, 0, `${family}: ${result.stderr}`);
    const lines = readFileSync(join(output, 'train.jsonl'), 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, 40);
    for (const line of lines) collect(JSON.parse(line).latents, 'latents', types);
  }
  const mixed = [...types].filter(([, kinds]) => kinds.size > 1);
  assert.deepEqual(mixed, []);
  assert.ok(types.size > 20, [...types.keys()].join(' '));
});
