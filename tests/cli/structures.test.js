import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { synthgen } from './synthgen.js';

const folder = mkdtempSync(path.join(tmpdir(), 'synthgen-structures-'));
after(() => rmSync(folder, { recursive: true }));

const small = ['--vocab-size', '100', '--seq-length', '24', '--num-train', '20', '--num-val', '5'];

function generate(...flags) {
  const run = synthgen('generate', '--output-dir', path.join(folder, 'data'), '--force', ...flags);
  assert.equal(run.status, 0, run.stderr);
  return run.stderr;
}

const text = (name) => readFileSync(path.join(folder, 'data', name), 'utf8');
const records = (name) =>
  text(name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const manifest = () => JSON.parse(text('metadata.json'));

function saved(name, value) {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
}

const templates = [
  [1, 'RANDOM', 'RANDOM', 2, 'PATTERN', 'PATTERN'],
  { weight: 2, elements: [3, { name: 'k', of: { range: [10, 19] } }, 4, { ref: 'k' }] },
];

const structures = {
  random: {},
  pattern: { pattern_probability: 0.5 },
  hierarchical: { hierarchy_levels: 4, structure_probability: 0.6 },
  conditional: { num_conditions: 5, condition_tokens: [7, 3] },
  template: { templates, template_fill: 'cycle' },
  composed: { num_conditions: 4, hierarchy_levels: 3, pattern_length: 6 },
  mixture: { components: [{ weight: 2, config: { pattern_length: 5 } }, { config: {} }] },
};

for (const [family, parameters] of Object.entries(structures)) {
  test(`${family} is the same from flags and from a file`, () => {
    const flags = Object.entries(parameters).flatMap(([key, value]) => [
      `--${key.replaceAll('_', '-')}`,
      typeof value === 'object' && typeof value[0] === 'object'
        ? JSON.stringify(value)
        : String(value),
    ]);
    generate(...small, '--generator', family, ...flags);
    const byFlags = text('train.jsonl');
    assert.equal(manifest().config.generator, family);
    generate(...small, '--config', saved('config.json', { generator: family, ...parameters }));
    assert.equal(text('train.jsonl'), byFlags);
    assert.equal(records('train.jsonl').length, 20);
  });

  test(`${family} follows from its own keys`, () => {
    const said = generate(...small, '--config', saved('config.json', parameters));
    assert.equal(manifest().config.generator, family);
    assert.match(said, new RegExp(`using ${family}`));
  });
}

test('sizes alone and every structure parameter at once work as config files', () => {
  const basic = { vocab_size: 10000, seq_length: 512, num_train: 50, num_val: 5, seed: 42 };
  generate('--config', saved('basic.json', basic));
  assert.equal(manifest().config.generator, 'random');
  const advanced = {
    pattern_probability: 0.3,
    pattern_length: 10,
    pattern_types: ['rep', 'alt', 'prog'],
    hierarchy_levels: 3,
    structure_probability: 0.5,
    global_coherence: 0.7,
    num_conditions: 20,
    condition_strength: 0.8,
    condition_tokens: [0, 1, 2],
    noise_probability: 0.1,
    length_variation: 0.2,
    vocab_distribution: 'uniform',
  };
  generate('--config', saved('advanced.json', { ...basic, ...advanced }));
  assert.equal(manifest().config.generator, 'composed');
  for (const { input_ids: ids } of records('train.jsonl')) {
    assert.ok(ids[0] < 20, 'the condition comes first');
    assert.ok(
      ids.slice(1).every((id) => id >= 20),
      'the body has no condition token',
    );
    assert.ok(ids.length >= 410 && ids.length <= 614);
  }
});

test('templates come from a file', () => {
  generate(
    ...small,
    '--templates',
    saved('templates.json', templates),
    '--template-fill',
    'natural',
  );
  for (const { input_ids: ids } of records('train.jsonl')) {
    assert.ok(ids[0] === 1 ? ids.length === 6 && ids[3] === 2 : ids[0] === 3 && ids[1] === ids[3]);
  }
});

test('padding is recorded with the ids, and not measured', () => {
  generate(...small, '--templates', '[[5, 6, 5]]', '--pad-token', '99');
  const [record] = records('train.jsonl');
  assert.deepEqual(record.input_ids, [5, 6, 5, ...Array.from({ length: 21 }, () => 99)]);
  assert.equal(record.padding, 21);
  const run = synthgen('analyze', '--json', path.join(folder, 'data', 'train.jsonl'));
  const report = JSON.parse(run.stdout);
  assert.deepEqual(report.token_distribution, { 5: 40, 6: 20 });
  assert.equal(report.avg_length, 3);
});

test('a split can be of other length and noise', () => {
  generate(...small, '--num-test', '4', '--splits', '{"test": {"seq_length": 48}}');
  assert.ok(records('train.jsonl').every(({ input_ids: ids }) => ids.length === 24));
  assert.ok(records('test.jsonl').every(({ input_ids: ids }) => ids.length === 48));
});

const refused = {
  'more conditions than content ids': [['--num-conditions', '51'], /num-conditions: .*at most 50/],
  'a condition token beyond the vocabulary': [['--condition-tokens', '100'], /ids below .*= 100/],
  'a doubled condition token': [['--condition-tokens', '4,4'], /distinct integers/],
  'more condition tokens than conditions': [
    ['--num-conditions', '1', '--condition-tokens', '1,2'],
    /at most num_conditions = 1/,
  ],
  'no templates': [['--generator', 'template'], /templates: .*at least one template/],
  'an empty template': [['--templates', '[[]]'], /templates\[0\]: got \[\]/],
  'an unknown element': [['--templates', '[[1, "RANDM"]]'], /templates\[0\]\[1\]: got "RANDM"/],
  'a forward reference': [
    ['--templates', '[[{"ref": "k"}, {"name": "k", "of": 1}]]'],
    /templates\[0\]\[0\]\.ref: .*earlier/,
  ],
  'a negative weight': [
    ['--templates', '[{"weight": -1, "elements": [1]}]'],
    /templates\[0\]\.weight: got -1/,
  ],
  'weights that are all 0': [
    ['--templates', '[{"weight": 0, "elements": [1]}]'],
    /at least one weight above 0/,
  ],
  'a mixture without components': [['--generator', 'mixture'], /components: .*at least one/],
  'an unknown key in a component': [
    ['--components', '[{"config": {"patern_length": 3}}]'],
    /components\[0\]\.config\.patern_length: .*pattern_length/,
  ],
  'an unknown split': [['--splits', '{"tst": {}}'], /splits\.tst: .*did you mean test/],
  'a bad override': [
    ['--splits', '{"test": {"seq_length": 0}}'],
    /splits\.test\.seq_length: got 0/,
  ],
  'a pattern too short': [['--pattern-length', '3'], /pattern-length: got 3/],
};

test('a templates file that is missing is an I/O error, told with what else is wrong', () => {
  const target = path.join(folder, 'refused');
  const flags = ['--templates', 'nowhere.json', '--seed', '-1'];
  const run = synthgen('generate', '--output-dir', target, ...flags);
  assert.equal(run.status, 3, run.stderr);
  assert.match(run.stderr, /nowhere\.json: cannot read/);
  assert.match(run.stderr, /--seed: got -1/);
});

for (const [fault, [flags, message]] of Object.entries(refused)) {
  test(`${fault} is refused`, () => {
    const target = path.join(folder, 'refused');
    const run = synthgen('generate', '--output-dir', target, ...small, ...flags);
    assert.equal(run.status, 2, run.stderr);
    assert.match(run.stderr, message);
  });
}
