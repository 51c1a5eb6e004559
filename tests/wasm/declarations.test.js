import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import * as entry from 'synthgen';

const textOf = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const declarations = [
  'types/curricula', // parents come first
  'types/synthgen',
  'types/analysis',
  'types/structure',
  'types/custom_generators',
  'types/datasets',
  'types/descriptions',
  'types/predictors',
]
  .map((name) => textOf(`../../web/module/${name}.d.ts`))
  .join('\n');
const use = ['declarations', 'measures', 'datasets', 'batches']
  .map((name) => textOf(`${name}_use.ts`))
  .join('');

/** {name: [member names]} of the declared interfaces and classes, inherited ones among them. */
const members = {};
for (const [, name, parent, body] of declarations.matchAll(
  /export (?:interface|class) (\w+)(?: extends (\w+))?[^{]*\{\n([^]*?)\n\}/g,
)) {
  const own = [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, member]) => member);
  members[name] = [...(members[parent] ?? []), ...own];
}

const synthgen = await entry.createSynthgen();
const generator = synthgen.generator({ length_variation: 0.5, pattern_length: 9, seq_length: 30 });

const encoder = synthgen.datasetEncoder(generator);

const padded = { templates: [[1, 'PATTERN', 'RANDOM', 'PATTERN']], seq_length: 9 };

/** One batch of each kind of structure: between them they have everything that latents can tell. */
const batches = [
  generator.config,
  { generator: 'composed', length_variation: 0.2, hierarchy_levels: 4 },
  { hierarchy_levels: 3, vocab_size: 4 },
  padded,
  { components: [{ config: { pattern_probability: 0.5 } }] },
  { generator: 'recall', seq_length: 40 },
  { generator: 'hmm', vocab_size: 3, seq_length: 9 },
  { generator: 'markov', vocab_size: 3, seq_length: 9 },
].map((config) => synthgen.generator(config).generate({ count: 9, latents: true }));
const [batch] = batches;

/** What a batch from elsewhere can have of one that a generator made. */
function withoutShares(made) {
  const { latentShares: _, ...rest } = made;
  return rest;
}

const latents = batches.flatMap((made) => made.latents);

function problem() {
  try {
    synthgen.checkConfig({ vocab_size: 0 });
  } catch (error) {
    return error;
  }
  return undefined;
}

/** A batch from elsewhere with all that it can have for each token. */
const noted = synthgen.loadSyntheticData('{"tokens":[1],"labels":[2],"predictive_bits":[0.5]}');

class Custom extends synthgen.SequenceGenerator {
  generateSequence() {
    handedOut.Item = [this.item];
    return handedOut.AdjustedSequence[0];
  }
}
const custom = new Custom({ seq_length: 3 });

class Labelled extends synthgen.SequenceGenerator {
  get hasLabels() {
    return true;
  }

  generateSequence() {
    return { tokens: [1], labels: [2] };
  }
}
const labelled = synthgen.customGenerator(Labelled, {}).generate({ count: 1 });

const structured = generator.generate({ count: 2, structure: true });

/** Objects that the module hands out; together, those of one kind have every declared member. */
const handedOut = {
  Synthgen: [synthgen],
  Generator: [generator],
  Predictor: [generator.predictor()],
  FloorMeasures: [
    generator.floorMeasures({ count: 2 }),
    synthgen.generator({ generator: 'hierarchical' }).floorMeasures({ count: 2 }),
  ],
  Analyzer: [synthgen.analyzer()],
  Validator: [synthgen.validator()],
  DatasetEncoder: [encoder],
  DatasetFile: encoder.files,
  ChunkPlace: [encoder.next({ encode: false }).due],
  EncodedChunk: [encoder.encodeChunk({ file: 0, chunk: 0 })],
  DatasetPiece: [synthgen.datasetEncoder(generator).next()],
  SequenceReader: [synthgen.openFile(new TextEncoder().encode('[1]\n'), 'a.jsonl')],
  SynthgenError: [problem()],
  Problem: problem().problems,
  Parameter: synthgen.parameters(),
  Family: synthgen.families(),
  Measure: synthgen.measures(),
  Preset: synthgen.presets(),
  Format: synthgen.formats(),
  Expectation: generator.truth(),
  ExpectedMeasure: Object.values(generator.expectedMeasures({ vocab_usage: 1 }, { train: 2 })),
  TokenBatch: [synthgen.generator(padded).generate({ count: 9 })],
  SequenceBatch: [...batches.map(withoutShares), noted],
  GeneratedBatch: [...batches, labelled, structured],
  TokenStructure: [structured.structure],
  Latents: latents,
  LatentShares: batches.map(({ latentShares }) => latentShares),
  Span: latents.flatMap(({ spans }) => spans),
  Report: [
    synthgen.analyzeSequences(batch, {
      perSequence: true,
      config: generator.config,
      measures: ['all'],
    }),
    synthgen.analyzeSequences(batch, { measures: ['all'], memoryLimit: 1, approximate: true }),
    synthgen.analyzeSequences(noted),
  ],
  Distribution: Object.values(
    synthgen.analyzeSequences(batch, { measures: ['distributions'] }).distributions,
  ),
  Advice: synthgen.analyzeSequences(synthgen.loadSyntheticData('[1]\n[1]\n')).advice,
  Ngram: synthgen.detectPatterns(batch),
  PatternRun: synthgen.patternRuns([1, 2, 3, 4, 5, 6]),
  SequenceGenerator: [Object.getPrototypeOf(Custom.prototype), custom],
  ValidationReport: [synthgen.validateSyntheticData('{"input_ids":[1],"text":"a"}')],
  FaultTally: synthgen.validateSyntheticData('[-1]').faults,
  AdjustedSequence: [custom.adjustLength([1])],
};
custom.generateDataset(1);

/** Declared for arguments, which the module only takes. */
const takenIn = [
  'AbortSignalLike',
  'Batches',
  'Freed', // a part of those that have it
  'Range',
  'AnalyzerOptions',
  'DatasetOptions',
  'CustomOptions',
  'LabelledSequence',
  'Limits',
  'Stage',
  'ComplexityOptions',
  'Curricula', // a part of Synthgen
  'SampleOptions',
  'PatternSampleOptions',
  'HierarchicalSampleOptions',
  'ConditionalSampleOptions',
];

test('every declared interface and class is known here', () => {
  assert.deepEqual(
    Object.keys(members).toSorted(),
    [...Object.keys(handedOut), ...takenIn].toSorted(),
  );
});

for (const [name, objects] of Object.entries(handedOut)) {
  test(`every declared member of ${name} exists`, () => {
    assert.ok(members[name].length > 0);
    for (const member of members[name]) {
      assert.ok(
        objects.some((object) => member in object),
        `${name}.${member}`,
      );
    }
  });

  test(`every member of ${name} that exists is declared`, () => {
    const known = new Set([...members[name], 'constructor', 'name', 'message', 'stack']);
    const present = objects.flatMap((object) => [
      ...Object.keys(object),
      ...Object.getOwnPropertyNames(Object.getPrototypeOf(object)).filter(
        () => ![Object.prototype, Error.prototype].includes(Object.getPrototypeOf(object)),
      ),
    ]);
    for (const member of present) assert.ok(known.has(member), `${name}.${member}`);
  });
}

test('every measure is a member of Report', () => {
  for (const { name } of synthgen.measures()) assert.ok(members.Report.includes(name), name);
});

test('the entry exports exactly the declared values', () => {
  const values = [...declarations.matchAll(/export (?:class|function) (\w+)/g)].map(
    ([, name]) => name,
  );
  assert.deepEqual(Object.keys(entry).toSorted(), values.toSorted());
});

test('the type test uses every exported name and every member', () => {
  const names = [
    ...[...declarations.matchAll(/export (?:\w+) (\w+)/g)].map(([, name]) => name),
    ...Object.values(members).flat(),
  ];
  for (const name of names) assert.match(use, new RegExp(`\\b${name}\\b`));
});
