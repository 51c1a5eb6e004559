// Generators written in JavaScript: two examples, what they draw from, and what they do wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSynthgen } from 'synthgen';

import makeCustom from '../../web/examples/custom_data_generator.js';
import makeTemplate from '../../web/examples/template_data_generator.js';

const synthgen = await createSynthgen();
const { SequenceGenerator } = synthgen;

const small = { vocab_size: 50, seq_length: 12, num_train: 30, num_val: 5 };

const sequencesOf = ({ tokens, offsets }) =>
  Array.from(offsets.slice(1), (end, i) => [...tokens.slice(offsets[i], end)]);

function using(handle, use) {
  try {
    return use(handle);
  } finally {
    handle.delete();
  }
}

const made = (Class, config, range, options) =>
  using(synthgen.customGenerator(Class, config, options), (generator) => generator.generate(range));

/** A class that makes what the function says. */
const making = (generateSequence) =>
  class Made extends SequenceGenerator {
    generateSequence() {
      return generateSequence.call(this, this.item.index);
    }
  };

test('the example CustomDataGenerator makes special tokens at the requested rate', () => {
  const CustomDataGenerator = makeCustom(synthgen);
  const generator = new CustomDataGenerator({
    vocab_size: 1000,
    seq_length: 256,
    custom_params: { custom_param: 0.3 },
  });
  const sequences = sequencesOf(generator.generateDataset(400));
  assert.equal(sequences.length, 400);
  const rates = sequences.map(
    (sequence) => sequence.filter((token, i) => token === i % 100).length / 256,
  );
  const mean = rates.reduce((sum, rate) => sum + rate) / 400;
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / 399;
  const expected = 0.3 + 0.7 / 1000;
  assert.ok(Math.abs(mean - expected) < 4.5 * Math.sqrt(variance / 400), `${mean}`);
});

test('the example TemplateDataGenerator follows its templates and pads', () => {
  const TemplateDataGenerator = makeTemplate(synthgen);
  const templates = [
    [1, 'RANDOM', 2],
    [3, 'PATTERN', 'PATTERN', 'PATTERN', 'PATTERN', 4],
  ];
  const config = { ...small, pad_token: 49, pattern_types: ['prog'], custom_params: { templates } };
  const batch = new TemplateDataGenerator(config).generateDataset(200);
  const seen = new Set();
  sequencesOf(batch).forEach((sequence, i) => {
    const template = templates[sequence[0] === 1 ? 0 : 1];
    seen.add(template);
    assert.equal(batch.padding[i], 12 - template.length);
    assert.deepEqual(sequence.slice(template.length), Array(12 - template.length).fill(49));
    template.forEach((element, t) => {
      if (typeof element === 'number') assert.equal(sequence[t], element);
    });
    if (template.length === 6) {
      for (const t of [2, 3, 4]) assert.equal(sequence[t], (sequence[t - 1] + 1) % 50);
    }
  });
  assert.equal(seen.size, 2);
});

test('a sequence is the same alone, in a range, and in another generator', () => {
  const Class = makeCustom(synthgen);
  const all = sequencesOf(made(Class, small, { count: 20 }));
  assert.deepEqual(sequencesOf(made(Class, small, { first: 13, count: 1 })), [all[13]]);
  assert.deepEqual(sequencesOf(new Class(small).generateDataset(20)), all);
  assert.notDeepEqual(sequencesOf(made(Class, small, { split: 'val', count: 20 })), all);
});

test('what it makes passes through noise, writers, analysis and manifest', () => {
  const Class = making(() => Array(12).fill(7));
  const noisy = made(Class, { ...small, noise_probability: 0.25 }, { count: 30, latents: true });
  const sequences = sequencesOf(noisy);
  sequences.forEach((sequence, i) => {
    const hit = new Set(noisy.latents[i].noise);
    sequence.forEach((token, t) => assert.ok(token === 7 || hit.has(t)));
  });
  assert.ok(noisy.latents.some(({ noise }) => noise.length > 0));
  assert.equal(synthgen.analyzeSequences(noisy).num_sequences, 30);

  using(synthgen.customGenerator(Class, small, { source: 'the text' }), (generator) =>
    using(synthgen.datasetEncoder(generator), (encoder) => {
      const files = {};
      for (let chunk = encoder.next(); chunk !== null; chunk = encoder.next()) {
        files[chunk.file] = (files[chunk.file] ?? '') + Buffer.from(chunk.bytes).toString();
      }
      assert.equal(files['val.jsonl'], `{"input_ids":[${Array(12).fill(7)}]}\n`.repeat(5));
      const manifest = JSON.parse(encoder.manifest());
      assert.equal(manifest.config.generator, 'custom');
      assert.deepEqual(manifest.custom, {
        name: 'Made',
        source_xxh128: '57ffda2637e327ab2b12d521028a7b93', // as xxh128sum prints it
      });
    }),
  );
});

test('the hash of the source changes with the source', () => {
  const hashOf = (source) =>
    using(
      synthgen.customGenerator(
        making(() => [1]),
        { num_train: 0, num_val: 0 },
        { source },
      ),
      (generator) =>
        using(synthgen.datasetEncoder(generator), (encoder) => {
          while (encoder.next() !== null);
          return JSON.parse(encoder.manifest()).custom.source_xxh128;
        }),
    );
  assert.equal(hashOf('a'), hashOf('a'));
  assert.notEqual(hashOf('a'), hashOf('b'));
});

test('labels come with the sequences, and noise leaves them as they are', () => {
  class Labelled extends SequenceGenerator {
    get hasLabels() {
      return true;
    }

    generateSequence() {
      const tokens = Array.from({ length: 12 }, () => this.randomInteger(50));
      return { tokens, labels: [...tokens.slice(1), -100] };
    }
  }
  const clean = made(Labelled, small, { count: 20 });
  assert.equal(clean.labels.length, 240);
  clean.labels.forEach((label, t) => {
    assert.equal(label, t % 12 === 11 ? -100 : clean.tokens[t + 1]);
  });
  const noisy = made(Labelled, { ...small, noise_probability: 0.5 }, { count: 20 });
  assert.notDeepEqual(noisy.tokens, clean.tokens);
  assert.deepEqual(noisy.labels, clean.labels);
  const files = {};
  using(synthgen.customGenerator(Labelled, small), (generator) =>
    using(synthgen.datasetEncoder(generator, { labels: true }), (encoder) => {
      for (let chunk = encoder.next(); chunk !== null; chunk = encoder.next()) {
        files[chunk.file] = (files[chunk.file] ?? '') + Buffer.from(chunk.bytes).toString();
      }
    }),
  );
  const { labels } = synthgen.loadSyntheticData(files['train.jsonl']);
  assert.deepEqual(labels.slice(0, 240), clean.labels);
});

test('labels that cannot be are reported with the sequence', () => {
  const labelled = (labels) =>
    class Labelled extends SequenceGenerator {
      hasLabels = true;

      generateSequence() {
        return { tokens: [1, 2], labels };
      }
    };
  for (const [labels, message] of [
    [[1], /has 1 label for 2 tokens; allowed: 2/],
    [undefined, /has 0 labels for 2 tokens/],
    [[1, -1], /label 1: got -1; allowed: an id or -100/],
    [[0.5, 1], /label 0: got 0\.5; allowed: an id or -100/],
    [['1', 1], /label 0: got "1"/],
  ]) {
    assert.throws(() => made(labelled(labels), small, { count: 1 }), message);
  }
});

test('each split has an object of its own config', () => {
  const Class = making(function () {
    return Array(this.seqLength).fill(this.vocabSize - 1);
  });
  const config = { ...small, splits: { test: { seq_length: 3, vocab_size: 20 } } };
  assert.deepEqual(sequencesOf(made(Class, config, { split: 'test', count: 1 })), [[19, 19, 19]]);
  assert.deepEqual(sequencesOf(made(Class, config, { count: 1 })), [Array(12).fill(49)]);
});

test('every sequence is announced before it is generated', () => {
  const told = [];
  const onSequence = (item) => told.push(item);
  made(
    making(() => [1]),
    small,
    { split: 'val', first: 7, count: 2 },
    { onSequence },
  );
  assert.deepEqual(told, [
    { split: 'val', index: 7 },
    { split: 'val', index: 8 },
  ]);
});

test('draws have their ranges, and belong into generateSequence', () => {
  const Class = making(function () {
    for (let i = 0; i < 200; i += 1) {
      assert.ok(this.randomInteger(3) < 3);
      const x = this.random();
      assert.ok(x >= 0 && x < 1);
      assert.ok(this.randomToken() < 50);
    }
    assert.equal(this.randomLength(), 12);
    for (const bad of [0, -1, 1.5, 2 ** 32, '3']) assert.throws(() => this.randomInteger(bad));
    for (const bad of [-1, 0.5, 2 ** 27]) assert.throws(() => this.generatePatternToken(bad));
    return new Uint16Array([1, 2]);
  });
  assert.deepEqual(sequencesOf(made(Class, small, { count: 1 })), [[1, 2]]);
  assert.throws(() => new Class(small).random(), /inside generateSequence/);
});

const misdeeds = {
  'nothing returned': [() => undefined, /returned undefined; allowed: a list of ids/],
  'an empty sequence': [() => [], /is empty/],
  'too many tokens': [() => Array(13).fill(1), /has 13 tokens; allowed: at most 12/],
  'an id that is too large': [() => [1, 50], /token 1: got 50; allowed: an id from 0 to 49/],
  'a negative id': [() => [-1], /token 0: got -1/],
  'a fraction': [() => [1.5], /token 0: got 1\.5/],
  'not a number': [() => [Number.NaN], /token 0: got -?nan/],
  infinity: [() => [Number.POSITIVE_INFINITY], /token 0: got inf/],
  'a string': [() => ['7'], /token 0: got "7"/],
  'a hole': [() => [1, , 2], /token 1: got undefined/], // oxlint-disable-line no-sparse-arrays
  'an exception': [
    () => {
      throw new RangeError('no idea');
    },
    /no idea/,
  ],
  'something else thrown': [
    () => {
      throw 'text'; // oxlint-disable-line no-throw-literal
    },
    /threw "text"/,
  ],
  'endless drawing': [
    function () {
      for (;;) this.random();
    },
    /drew more random words than a sequence may/,
  ],
  'a promise': [async () => [1], /returned \[object Promise\]/],
};

for (const [name, [misdeed, message]] of Object.entries(misdeeds)) {
  test(`${name} is reported with the sequence's index`, () => {
    const Class = making(function (index) {
      return index === 3 ? misdeed.call(this) : [1];
    });
    using(synthgen.customGenerator(Class, small), (generator) => {
      assert.throws(
        () => generator.generate({ split: 'val', count: 5 }),
        (error) => {
          assert.equal(error.kind, 'data');
          assert.match(error.message, /^sequence 3 of val: Made: /);
          assert.match(error.message, message);
          return true;
        },
      );
      assert.equal(generator.generate({ split: 'val', first: 4, count: 5 }).offsets.length, 6);
    });
  });
}

test('what is no generator is refused before the first sequence', () => {
  const refused = (Class, config, message) =>
    assert.throws(() => synthgen.customGenerator(Class, config), message);
  refused(Object, small, /does not extend SequenceGenerator/);
  refused(
    class extends SequenceGenerator {
      constructor(config) {
        super(config);
        throw new Error('no such parameter');
      }
    },
    small,
    /the custom generator was not made: no such parameter/,
  );
  refused(
    making(() => [1]),
    { vocab_size: 1, seed: -1 },
    /vocab_size: .*\n.*seed: /,
  );
  assert.throws(() => new SequenceGenerator({ vocab_sise: 3 }), /did you mean vocab_size/);
  assert.throws(() => synthgen.generator({ generator: 'custom' }), /SequenceGenerator/);
  class Idle extends SequenceGenerator {}
  assert.throws(() => new Idle(small).generateDataset(1), /Idle does not override/);
});
