import assert from 'node:assert/strict';
import { test } from 'node:test';

import { synthgen } from './synthgen.js';

function families(...args) {
  const result = synthgen('families', ...args);
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  return result.stdout;
}

/** The families and the parameters of each, from the schema and the list. */
const schema = JSON.parse(synthgen('schema').stdout);
const known = schema.properties.generator.enum;

test('the list has a summary and an example of every family', () => {
  const list = families();
  for (const name of known) assert.match(list, new RegExp(`^${name} +\\S`, 'm'));
  assert.equal(list.match(/ e\.g\. \S/g).length, known.length);
});

test("a family's page shows its parameters with default and range", () => {
  const page = families('pattern');
  assert.match(page, /^pattern: Segments /);
  const [own, shared] = page.split('Parameters of every family:');
  assert.match(own, /--pattern-length +10 .*Mean length/);
  assert.match(own.replaceAll(/\s+/g, ' '), /Allowed: an integer from 4 to 1048576\./);
  assert.match(shared, /--vocab-size +10000 /);
  assert.doesNotMatch(families('random'), /--pattern-/);
});

test('every parameter is on the page of some family', () => {
  const pages = known.map((name) => families(name)).join('');
  for (const key of Object.keys(schema.properties)) {
    if (key === 'generator') continue;
    assert.ok(pages.includes(`--${key.replaceAll('_', '-')} `), key);
  }
});

test('--truth prints expectation, value and formula for the given parameters', () => {
  const truth = families('pattern', '--truth', '--pattern-probability', '.25', '--seq-length', 64);
  assert.match(truth, /^expectation +value +unit +formula$/m);
  assert.match(truth, /^pattern_share +0\.25 +of positions +pattern_probability$/m);
  assert.match(truth, /^avg_length +64 +tokens +\S/m);
});

test('--truth of uniform random tokens is log2 V bits and 1/V repeats', () => {
  const truth = families('random', '--truth', '--vocab-size', 1024);
  assert.match(truth, /^content_entropy_bits +10 /m);
  assert.match(truth, /^local_coherence +0\.000976562 /m);
});
