import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { createSynthgen } from 'synthgen';

const synthgen = await createSynthgen();

test('the version is the package.json one', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url)));
  assert.equal(synthgen.version, version);
  assert.ok(Number.isInteger(synthgen.streamVersion) && synthgen.streamVersion >= 1);
});

test('every parameter has what a form needs', () => {
  const families = [...synthgen.families().map(({ name }) => name), 'custom'];
  for (const parameter of synthgen.parameters()) {
    const { key, type, help, group, label, allowed, scale } = parameter;
    assert.match(key, /^[a-z_]+$/);
    for (const text of [help, group, label, allowed]) assert.notEqual(text, '', key);
    assert.match(type, /^(integer|number|word|words|integers|json|boolean)$/);
    assert.match(scale, /^(linear|logarithmic)$/);
    assert.ok(parameter.families.length > 0, key);
    assert.ok(
      parameter.families.every((family) => families.includes(family)),
      key,
    );
    if (type === 'integer' || type === 'number') {
      assert.ok(parameter.minimum <= parameter.default, key);
      assert.ok(parameter.default <= parameter.maximum, key);
    } else if (type === 'word' || type === 'words') {
      assert.ok(parameter.choices.length > 0, key);
    }
  }
});

test('the parameters have their documented defaults', () => {
  const defaults = Object.fromEntries(synthgen.parameters().map((row) => [row.key, row.default]));
  const documented = {
    vocab_size: 10000,
    seq_length: 512,
    num_train: 50000,
    num_val: 5000,
    seed: 42,
    vocab_distribution: 'uniform',
    noise_probability: 0,
    length_variation: 0,
    pattern_probability: 0.3,
    pattern_length: 10,
    pattern_types: ['repetition', 'alternation', 'progression', 'reversal'],
  };
  for (const [key, value] of Object.entries(documented))
    assert.deepEqual(defaults[key], value, key);
});

test('the schema describes exactly the parameters', () => {
  const schema = synthgen.schema();
  assert.equal(schema.type, 'object');
  assert.equal(schema.additionalProperties, false);
  for (const { key, type, minimum, maximum } of synthgen.parameters()) {
    assert.ok(key in schema.properties, key);
    const bounded = type === 'integers' ? schema.properties[key].items : schema.properties[key];
    assert.equal(bounded.minimum, minimum, key);
    assert.equal(bounded.maximum, maximum, key);
  }
});

test('every measure of the report is described, with its formula', () => {
  const described = synthgen.measures().map(({ name, formula }) => [name, formula]);
  const generator = synthgen.generator({});
  const batch = generator.generate({ count: 2, latents: true });
  const report = synthgen.analyzeSequences(batch, { measures: ['all'] });
  generator.delete();
  for (const [name, formula] of described) {
    assert.ok(name in report || /latents|predictive/.test(formula + name), name);
    assert.notEqual(formula, '', name);
  }
});

test('a preset is a config that other parameters win over', () => {
  const presets = synthgen.presets();
  for (const { name, config } of presets) {
    assert.deepEqual(synthgen.presetConfig(name), config);
    assert.equal(synthgen.generator({ ...config, seed: 7 }).config.seed, 7, name);
  }
  const config = synthgen.presetConfig('mqar-zoology-64x4', { num_kv_pairs: 2 });
  assert.equal(config.num_kv_pairs, 2);
  assert.equal(config.seq_length, 64);
  assert.throws(() => synthgen.presetConfig('mqar'), { kind: 'usage' });
});
