// Everything that can be wrong with what the program is given: one clear message for each mistake,
// the right exit status, nothing written.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import {
  assertRefused,
  complaints,
  exitStatus,
  isSanitized,
  names,
  runWith,
  scratch,
  synthgen,
} from './synthgen.js';

const { faults, usage, io } = exitStatus;

const integer = (minimum, maximum) => `an integer from ${minimum} to ${maximum}`;
const vocabSizes = integer(2, 2147483647);
const seeds = integer(0, 9007199254740991);
const types = 'a list of distinct values from: repetition, alternation, progression, reversal';

describe('a flag with a value that is not allowed', () => {
  const cases = [
    [['--vocab-size', '0'], `--vocab-size: got 0; allowed: ${vocabSizes}`],
    [['--vocab-size', '1'], `--vocab-size: got 1; allowed: ${vocabSizes}`],
    [['--vocab-size', '-5'], `--vocab-size: got -5; allowed: ${vocabSizes}`],
    [['--vocab-size=-5'], `--vocab-size: got -5; allowed: ${vocabSizes}`],
    [['--vocab-size', 2 ** 40], `--vocab-size: got 1099511627776; allowed: ${vocabSizes}`],
    [['--vocab-size', 'abc'], `--vocab-size: got "abc"; allowed: ${vocabSizes}`],
    [['--vocab-size', '10.5'], `--vocab-size: got 10.5; allowed: ${vocabSizes}`],
    [['--vocab-size', '0x10'], `--vocab-size: got "0x10"; allowed: ${vocabSizes}`],
    [['--vocab-size', '1e999'], `--vocab-size: got "1e999"; allowed: ${vocabSizes}`],
    [['--vocab-size', ''], `--vocab-size: got ""; allowed: ${vocabSizes}`],
    [['--vocab-size='], `--vocab-size: got ""; allowed: ${vocabSizes}`],
    [['--pattern-probability', '1.3'], /^--pattern-probability: got 1.3; allowed: .* 0 to 1$/],
    [['--pattern-probability', 'NaN'], /^--pattern-probability: got "NaN"; allowed: .* 0 to 1$/],
    [['--noise-probability', '-.1'], /^--noise-probability: got -0.1; allowed: .* 0 to 1$/],
    [['--noise-probability', 'inf'], /^--noise-probability: got "inf"; allowed: .* 0 to 1$/],
    [['--seed', '-1'], `--seed: got -1; allowed: ${seeds}`],
    [['--seed', 2n ** 60n], `--seed: got 1152921504606846976; allowed: ${seeds}`],
    [['--seed', 2n ** 70n], /^--seed: got 1\.18\d*e\+21; allowed: /],
    [['--pattern-types', ''], `--pattern-types: got []; allowed: ${types}`],
    [['--pattern-types', 'rep,'], `--pattern-types: got ["rep",""]; allowed: ${types}`],
    [['--pattern-types', 'rep,rep'], `--pattern-types: got ["rep","rep"]; allowed: ${types}`],
    [
      ['--pattern-types', 'repitition'],
      `--pattern-types: got ["repitition"]; allowed: ${types} (did you mean repetition?)`,
    ],
    [['--generator', 'patern'], /^--generator: got "patern"; .*\(did you mean pattern\?\)$/],
    [['--threads', '0'], `--threads: got 0; allowed: ${integer(1, 1024)}`],
    [['--threads', '1025'], `--threads: got 1025; allowed: ${integer(1, 1024)}`],
    [['--threads', 'many'], `--threads: got "many"; allowed: ${integer(1, 1024)}`],
    [['--format', 'parquet'], /^--format: got "parquet"; allowed: one of jsonl, npy, /],
  ];
  for (const [args, message] of cases) {
    test(args.join(' '), (t) => {
      const directory = join(scratch(t), 'out');
      assertRefused(synthgen('generate', '--output-dir', directory, ...args), usage, message);
      assert.deepEqual(names(directory), []);
    });
  }
});

describe('a command line that cannot be understood', () => {
  const cases = [
    [[], /^a command is missing; one of generate, preview, /],
    [['genrate'], '"genrate": is not a known command; did you mean generate?'],
    [['xyzzy'], /^"xyzzy": is not a known command; one of generate, preview, /],
    [['--verison'], '--verison: is not a known flag; did you mean --version?'],
    [['--quiet', 'schema'], '--quiet: is not a known flag'],
    [['generate'], '--output-dir: is required'],
    [['generate', '--output-dir'], '--output-dir: needs a value'],
    [['generate', '--output-dir='], '--output-dir: got ""; allowed: a name'],
    [['generate', '--output-dir', '--force'], '--output-dir: needs a value, not the flag --force'],
    [['preview', '--vocab-sise', '5'], /^--vocab-sise: is .* did you mean --vocab-size\?$/],
    [['preview', '--vocab_size=5'], /^--vocab_size: is .* did you mean --vocab-size\?$/],
    [['preview', '--xyzzy'], '--xyzzy: is not a known flag'],
    [['preview', '-x'], '-x: is not a known flag'],
    [['preview', '--seed', '1', '--seed', '2'], '--seed: is given twice (1 and 2)'],
    [['preview', '--seed'], '--seed: needs a value'],
    [['preview', '--json=yes'], '--json: takes no value'],
    [['preview', 'words'], '"words": is one argument too many'],
    [['preview', '--count', '0'], /^--count: got 0; allowed: an integer from 1 /],
    [['preview', '--split', 'dev'], '--split: got "dev"; allowed: one of train, val, test'],
    [['analyze'], 'FILE: is missing; give at least one'],
    [['analyze', 'x', '--ngram', '17'], `--ngram: got 17; allowed: ${integer(1, 16)}`],
    [['analyze', 'x', '--top', '0'], /^--top: got 0; allowed: an integer from 1 /],
    [['validate'], 'FILE: is missing; give at least one'],
    [['validate', 'x', '--vocab-size', '0'], /^--vocab-size: got 0; allowed: an integer from 1 up/],
    [
      ['validate', 'x', '--min-length', '9', '--max-length', '8'],
      '--max-length: got 8; allowed: an integer from 9 up',
    ],
    ...['', '0', '-1', 'x', '1.5M', '5X', '99999999999T', 'MB', '64 MB', '64MiBs'].map((size) => [
      ['validate', 'x', '--memory-limit', size],
      `--memory-limit: got ${JSON.stringify(size)}; allowed: a size such as 64M or 2GiB, at least 1`,
    ]),
    [['families', 'pattrn'], /^NAME: got "pattrn"; allowed: .* \(did you mean pattern\?\)$/],
    [['families', '--truth'], '--truth: needs a NAME'],
    [['families', 'random', '--seed', '1'], 'parameters: are only read with --truth'],
    [['families', 'random', 'pattern'], '"pattern": is one argument too many'],
    [['schema', 'all'], '"all": is one argument too many'],
  ];
  for (const [args, message] of cases) {
    test(`synthgen ${args.join(' ')}`, () => assertRefused(synthgen(...args), usage, message));
  }
});

test('all mistakes in flags and file are reported at once', (t) => {
  const config = join(scratch(t), 'config.json');
  writeFileSync(config, '{"seq_length": 0, "num_trian": 3, "seed": 7, "vocab_size": 1}');
  assertRefused(
    synthgen(
      ...['generate', '--config', config, '--vocab-sise', '4', '--seed', '-1'],
      ...['--noise-probability', '2', '--threads', '0'],
    ),
    usage,
    '--vocab-sise: is not a known flag; did you mean --vocab-size?',
    `--threads: got 0; allowed: ${integer(1, 1024)}`,
    '--output-dir: is required',
    `${config}: seq_length: got 0; allowed: ${integer(1, 16777216)}`,
    `${config}: num_trian: is not a known key; did you mean num_train?`,
    `${config}: vocab_size: got 1; allowed: ${vocabSizes}`,
    `--seed: got -1; allowed: ${seeds}`,
    '--noise-probability: got 2; allowed: a number from 0 to 1',
  );
});

test('a rule between parameters names the flag or the file that breaks it', (t) => {
  const config = join(scratch(t), 'config.json');
  const allowed = 'an integer from 2 to 16777216 with vocab_distribution zipf';
  const zipf = ['--vocab-distribution', 'zipf'];
  assertRefused(
    synthgen('preview', ...zipf, '--vocab-size', '1e8'),
    usage,
    `--vocab-size: got 100000000; allowed: ${allowed}`,
  );
  writeFileSync(config, '{"vocab_size": 100000000}');
  assertRefused(
    synthgen('preview', ...zipf, '--config', config),
    usage,
    `${config}: vocab_size: got 100000000; allowed: ${allowed}`,
  );
});

test('a name cannot steer the terminal', (t) => {
  const file = join(scratch(t), 'red \x1b[31m, \x07, \x7f and \u009b31m é.jsonl');
  const shown = 'red \\x1b[31m, \\x07, \\x7f and \\x9b31m é.jsonl';
  const { stderr } = synthgen('analyze', file);
  assert.ok(stderr.includes(shown), stderr);
  writeFileSync(file, '{"input_ids": [1, 2]}\n');
  assert.equal(synthgen('convert', file, '--output', `${file}.csv`).status, 0);
  const { stdout } = synthgen('validate', file, '--vocab-size', 2);
  assert.ok(stdout.includes(shown), stdout);
  // eslint-disable-next-line no-control-regex -- no such character may be there
  assert.doesNotMatch(stderr + stdout, /[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]/);
});

describe('a config file', () => {
  const cases = [
    ['that is empty', '', /^FILE: is empty; allowed: a JSON value$/],
    ['of blanks', ' \n\t\n', /^FILE: is empty; allowed: a JSON value$/],
    ['that is not JSON', '{\n  "seed": 4\n  "vocab_size": 5\n}', /^FILE:3:\d+: not JSON: /],
    ['that is cut', '{"seed": 4,\n "vocab', /^FILE:2:\d+: not JSON: /],
    ['with a number JSON does not know', '{"noise_probability": NaN}', /^FILE:1:2\d: not JSON: /],
    ['in YAML', '# a run\n\ngenerator: random\nseed: 4\n', /^FILE: is YAML; a config is JSON/],
    ['in YAML with a start', '---\nseed: 4\n', /^FILE: is YAML; .* < FILE > config\.json$/],
    ['in YAML, a list', '- generator: random\n', /^FILE: is YAML; a config is JSON/],
    ['that is a list', '[1, 2]', /^FILE: config: got \[1,2\]; allowed: a JSON object/],
    [
      'with an unknown key',
      '{"vocab_sise": 5}',
      /^FILE: vocab_sise: .* did you mean vocab_size\?$/,
    ],
    ['with a key given twice', '{"seed": 4, "seed": 5}', /^FILE: key "seed" is given twice$/],
    ['without pattern types', '{"pattern_types": []}', /^FILE: pattern_types: got \[\]; allowed: /],
    ['with a text for a number', '{"seed": "42"}', /^FILE: seed: got "42"; allowed: an integer/],
    ['with a negative seed', '{"seed": -1}', /^FILE: seed: got -1; allowed: an integer/],
    ['nested without end', '['.repeat(100000), /^FILE:.*(not JSON|nested)/],
    ['of bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x00]), /^FILE:1:2: not JSON: /],
  ];
  for (const [what, text, message] of cases) {
    test(what, (t) => {
      const directory = scratch(t);
      const config = join(directory, 'config.json');
      writeFileSync(config, text);
      const output = join(directory, 'out');
      const result = synthgen('generate', '--output-dir', output, '--config', config);
      result.stderr = result.stderr.replaceAll(config, 'FILE');
      assertRefused(result, usage, message);
      assert.deepEqual(names(output), []);
    });
  }

  for (const [name, text, message] of [
    ['cc.yml', '{generator: pattern, seed: 4}\n', /^FILE: is YAML; .* < FILE > config\.json$/],
    ['cc.yaml', '- generator: pattern\n- seed: 4\n', /^FILE: is YAML; a config is JSON/],
    ['cc.yaml', '"generator": pattern\n', /^FILE: is YAML; a config is JSON/],
    ['cc.yaml', '\n', /^FILE: is empty; allowed: a JSON value$/],
  ]) {
    test(`in YAML by its name, ${JSON.stringify(text)}`, (t) => {
      const config = join(scratch(t), name);
      writeFileSync(config, text);
      const result = synthgen('generate', '--output-dir', scratch(t), '--config', config);
      result.stderr = result.stderr.replaceAll(config, 'FILE');
      assertRefused(result, usage, message);
    });
  }

  test('JSON in a file named .yaml', (t) => {
    const config = join(scratch(t), 'cc.yaml');
    writeFileSync(config, '{"generator": "random", "vocab_size": 5, "seq_length": 4}\n');
    const shown = synthgen('preview', '--config', config, '--count', 1);
    assert.equal(shown.status, 0, shown.stderr);
  });

  test('that is missing', (t) => {
    const config = join(scratch(t), 'none.json');
    assertRefused(
      synthgen('preview', '--config', config),
      io,
      `${config}: cannot read: No such file or directory`,
    );
  });

  test('that is a directory', (t) => {
    const directory = scratch(t);
    assertRefused(
      synthgen('preview', '--config', directory),
      io,
      `${directory}: cannot read: Is a directory`,
    );
  });
});

describe('a JSONL file', () => {
  const good = '{"input_ids":[1,2,3]}\n';
  const cases = [
    ['with a cut last line', `${good}{"input_ids":[4,5`, 2, 'malformed', /not JSON at column /],
    ['with a negative id', `${good}[1]\n[4,-5]\n`, 3, 'negative_id', /token 1: negative id -5/],
    [
      'with an id beyond 2^32',
      `[4,4294967296]\n${good}`,
      1,
      'id_too_large',
      /token 1: id 4294967296 is above 4294967295/,
    ],
    [
      'with an id beyond 2^64',
      `[36893488147419103232]\n${good}`,
      1,
      'id_too_large',
      /id 36893488147419103232 is above 4294967295/,
    ],
    ['with a text for an id', `["7"]\n${good}`, 1, 'malformed', /token 0: "7" where an id belongs/],
    ['with a fraction for an id', `[1,2.5]\n`, 1, 'malformed', /token 1: 2.5 where an id belongs/],
    ['with a list in the list', `[1,[2]]\n`, 1, 'malformed', /token 1: an array where an id/],
    ['without a list of ids', `${good}{"text":"abc"}\n`, 2, 'malformed', /no member input_ids/],
    ['that is no JSON at all', 'hello\n', 1, 'malformed', /not JSON at column /],
    ['with a blank line inside', `${good}\n[1]\n`, 2, 'malformed', /blank line/],
    ['with a zero byte', `${good}[1,\0]\n`, 2, 'malformed', /not JSON at column /],
  ];
  for (const [what, text, line, kind, message] of cases) {
    test(what, (t) => {
      const file = join(scratch(t), 'data.jsonl');
      writeFileSync(file, text);
      const place = `${file}:${line}: `;

      const analyzed = synthgen('analyze', file);
      assertRefused(analyzed, faults, message);
      assert.ok(complaints(analyzed)[0].startsWith(place), analyzed.stderr);

      const validated = synthgen('validate', '--json', file);
      assert.equal(validated.status, faults);
      assert.equal(validated.stderr, '');
      const [fault, ...others] = JSON.parse(validated.stdout).faults;
      assert.deepEqual(others, []);
      assert.equal(fault.kind, kind);
      assert.equal(fault.count, 1);
      assert.equal(fault.first[0].file, file);
      assert.equal(fault.first[0].line, line);
      assert.match(fault.first[0].message, message);
    });
  }

  test('as a table whose last row is cut off', (t) => {
    const directory = scratch(t);
    const file = join(directory, 'train.csv');
    const flags = ['--format', 'csv', '--seq-length', 9, '--num-train', 5, '--num-val', 0];
    const made = synthgen('generate', '--output-dir', directory, '--quiet', ...flags);
    assert.equal(made.status, 0, made.stderr);
    rmSync(join(directory, 'metadata.json'));
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, text.lastIndexOf(',', text.length - 20) + 1));
    const message = /train\.csv:6: is cut off: \d columns? where the header names 9/;
    const validated = synthgen('validate', file);
    assert.equal(validated.status, faults);
    assert.match(validated.stdout, message);
    assertRefused(synthgen('analyze', file, '--quiet'), faults, message);
  });

  const megabytes = isSanitized ? 10 : 100;
  test(`with lines of ${megabytes} MB`, (t) => {
    const long = 'x'.repeat(megabytes * 1000 * 1000);
    const file = join(scratch(t), 'data.jsonl');
    writeFileSync(file, `[1]\n{"note":"${long}","tokens":[2]}\n${long}\n[3]\n`);

    assertRefused(synthgen('analyze', file), faults, /data\.jsonl:3: not JSON at column /);
    const validated = synthgen('validate', file);
    assert.equal(validated.status, faults);
    assert.match(validated.stdout, /issues: 1 in 3 sequences in 1 file\n  malformed: 1\n/);
    assert.ok(validated.stdout.length < 1000);
  });

  for (const command of ['analyze', 'validate']) {
    test(`that is missing (${command})`, (t) => {
      const file = join(scratch(t), 'none.jsonl');
      assertRefused(synthgen(command, file), io, /: cannot open: No such file or directory$/);
    });

    test(`in a directory without any (${command})`, (t) => {
      assertRefused(
        synthgen(command, scratch(t)),
        io,
        /: no train, val or test file of any format/,
      );
    });
  }

  test('a file next to a malformed metadata.json is read as without one, with a message', (t) => {
    const directory = scratch(t);
    const file = join(directory, 'train.jsonl');
    const manifest = join(directory, 'metadata.json');
    writeFileSync(file, `${good}[]\n`);
    const stages = join(directory, 'stages.json');
    writeFileSync(stages, '{"all": {"min_complexity": 0, "max_complexity": 1, "max_length": 9}}');
    const own = '{"program": "synthgen", "curriculum": 3, "format": "jsonl", "latents": 1}';
    for (const [text, line, ...told] of [
      ['{"stream_version": 1,', 1, /^column 22: not JSON: /],
      ['{\n  "seed": 1,\n}', 3, /^column 1: not JSON: /],
      [
        own,
        0,
        /^curriculum: got 3; /,
        /^files: is missing; allowed: a list of files$/,
        /^latents: got 1; allowed: true or false/,
      ],
      ['{"program": "synthgen"}', 0, /^is not the manifest of a dataset$/],
    ]) {
      writeFileSync(manifest, text);
      const validated = synthgen('validate', '--json', directory);
      assert.equal(validated.status, faults, validated.stderr);
      assert.equal(validated.stderr, '');
      const [malformed, empty, ...others] = JSON.parse(validated.stdout).faults;
      assert.deepEqual(others, []);
      assert.equal(empty.kind, 'empty', 'the data is checked, too');
      assert.equal(malformed.kind, 'malformed');
      assert.equal(malformed.first.length, told.length);
      const place = line === 0 ? manifest : `${manifest}:${line}`;
      const output = ['--output-dir', join(directory, 'out'), '--force', '--quiet'];
      for (const result of [
        synthgen('analyze', directory, '--quiet'),
        synthgen('curriculum', file, '--stages', stages, ...output),
      ]) {
        assert.equal(result.status, 0, result.stderr);
        const lines = complaints(result);
        assert.equal(lines.length, told.length, result.stderr);
        told.forEach((message, i) => {
          assert.deepEqual([malformed.first[i].file, malformed.first[i].line], [manifest, line]);
          assert.match(malformed.first[i].message, message);
          assert.equal(lines[i], `${place}: ${malformed.first[i].message}`);
        });
      }
    }
  });
});

test('an environment without HOME, TERM and PATH works', () => {
  assert.equal(runWith({ env: {} }, 'preview', '--quiet').status, 0);
});
