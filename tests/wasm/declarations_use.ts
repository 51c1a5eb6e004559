/** Uses every declaration of the package; `tsc` checks it. Never run. */
import {
  createSynthgen,
  SynthgenError,
  type AdjustedSequence,
  type Advice,
  type Analyzer,
  type AnalyzerOptions,
  type ComplexityOptions,
  type Curricula,
  type ConditionalSampleOptions,
  type Config,
  type CustomOptions,
  type Distribution,
  type Expectation,
  type ExpectedMeasure,
  type FaultTally,
  type Format,
  type Family,
  type FloorMeasures,
  type GeneratedBatch,
  type Generator,
  type Item,
  type LabelledSequence,
  type LatentShares,
  type Latents,
  type Limits,
  type Measure,
  type Ngram,
  type Parameter,
  type PatternRun,
  type HierarchicalSampleOptions,
  type PatternSampleOptions,
  type Predictor,
  type Preset,
  type Problem,
  type Range,
  type Report,
  type SampleOptions,
  type SequenceBatch,
  type SequenceReader,
  type SequenceGenerator,
  type SequenceGeneratorClass,
  type Span,
  type Split,
  type Stage,
  type Synthgen,
  type StructuredBatch,
  type TokenBatch,
  type TokenStructure,
  type ValidationReport,
  type Validator,
} from 'synthgen';
import { createLive, type LiveGenerator, type LiveSynthgen } from 'synthgen/live';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where A and B are the same type. */
function same<A, B>(_proof: Equal<A, B>): void {}

const config: Config = { generator: 'pattern', vocab_size: 300, pattern_types: ['rep'] };
const splits: Split[] = ['train', 'val', 'test'];
const range: Range = { split: splits[0], first: 2 ** 40, count: 8, latents: true };
const sample: SampleOptions = { vocab_size: 10, seq_length: 8, num_samples: 4, seed: 1 };
const patterns: PatternSampleOptions = {
  ...sample,
  pattern_types: ['rep'],
  pattern_probability: 0.5,
};
const hierarchy: HierarchicalSampleOptions = {
  ...sample,
  hierarchy_levels: 4,
  structure_probability: 0.5,
};
const conditions: ConditionalSampleOptions = {
  ...sample,
  num_conditions: 5,
  condition_strength: 0.9,
};
const options: AnalyzerOptions = {
  ngram: 4,
  top: 3,
  perSequence: true,
  measures: ['all'],
  memoryLimit: 2 ** 28,
  approximate: true,
  vocabSize: 300,
};

/** What a preset is for, and its config with another seed. */
function presetLines(preset: Preset): [string[], Config] {
  const { name, summary, citation, reference, floor, shortcuts, counterpart } = preset;
  const lines = [name, summary, citation, reference, floor, shortcuts, counterpart];
  return [lines, { ...preset.config, seed: 7 }];
}

function describe(parameter: Parameter, family: Family, measure: Measure): string[] {
  same<
    Parameter['type'],
    'integer' | 'number' | 'word' | 'words' | 'integers' | 'json' | 'boolean'
  >(true);
  same<Parameter['default'], number | string | boolean | string[] | number[] | null>(true);
  same<Parameter['minimum'], number | undefined>(true);
  same<Parameter['scale'], 'linear' | 'logarithmic'>(true);
  return [
    parameter.key,
    parameter.label,
    parameter.unit,
    parameter.group,
    parameter.help,
    parameter.allowed,
    ...parameter.families,
    ...(parameter.choices ?? []),
    String(parameter.maximum),
    family.name,
    family.summary,
    family.example,
    String(family.is_task),
    ...family.untaken,
    measure.name,
    measure.group,
    String(measure.in_default),
    measure.unit,
    measure.formula,
    measure.range,
    measure.source,
    measure.in_page,
    measure.kind,
    measure.expected,
    String(measure.needs_latents),
    measure.chart,
    measure.section,
    measure.listed,
    measure.per_sequence,
    ...(measure.curve?.lines ?? []),
  ];
}

/** The floor of some sequences, in words. */
function floorOf(generator: Generator): string {
  const found: FloorMeasures = generator.floorMeasures({ count: 2, first: 0, split: 'val' });
  const { report, target, noFloor } = found;
  return noFloor ?? `${report.predictive_bits_per_token ?? 0} bits per ${target}`;
}

/** What the exact law says of a sequence. */
function predicted(generator: Generator, { tokens, predictiveBits }: SequenceBatch): number[] {
  const predictor: Predictor = generator.predictor('val');
  const [first = 0] = tokens;
  const chances = [predictor.probability(first), predictor.observe(first), predictor.continuation];
  const labels = [predictor.scored, predictor.labelProbability(first), predictor.labelEntropyBits];
  const laws: Float64Array[] = [predictor.law(), predictor.labelLaw(), predictor.bits(tokens)];
  predictor.reset();
  const entropy = predictor.entropyBits;
  predictor.delete();
  return [...chances, ...labels, entropy, laws.length, predictiveBits?.[0] ?? 0];
}

function described(span: Span): unknown[] {
  if (span.kind === 'band') return [span.first, span.size, span.echo_of];
  if (span.kind === 'query' || span.kind === 'answer') return [span.source];
  if (span.kind === 'slot') return [span.pattern, span.first_slot, span.full_length];
  return [span.steered, span.period, span.full_length];
}

function kindsOf(synthgen: Synthgen, batch: StructuredBatch): (string | undefined)[] {
  const structure: TokenStructure = batch.structure;
  const { kinds, spans, bandPlaces, latents } = structure;
  console.log(spans[0], bandPlaces[0], new TextDecoder().decode(latents));
  console.log(batch.latentShares.kinds[0]?.expected);
  console.log(synthgen.entropyComplexities([1], Uint32Array.of(4), 9)[0]);
  const names = synthgen.tokenKinds();
  return [...kinds].map((kind) => names[kind]);
}

function latentsOf({ tokens, offsets, latents, latentShares, padding }: GeneratedBatch): Latents[] {
  const shares: LatentShares | undefined = latentShares;
  console.log(shares?.kinds[0]?.share, latentShares?.per_sequence['noise_rate']?.[0]);
  same<typeof padding, Uint32Array | undefined>(true);
  same<typeof tokens, Uint32Array>(true);
  same<typeof offsets, Uint32Array>(true);
  for (const { spans, noise, oracle_bits, ...rest } of latents ?? []) {
    const span: Span | undefined = spans[0];
    same<typeof noise, number[]>(true);
    same<typeof oracle_bits, number | undefined>(true);
    if (span) console.log(described(span));
    console.log(rest.theme, rest.condition, rest.followed?.style, rest.followed?.length);
    console.log(rest.component, rest.template);
    console.log(span?.start, span?.length);
  }
  return latents ?? [];
}

function measured(report: Report): Ngram[] {
  same<Report['local_coherence'], number | null>(true);
  same<Report['token_distribution'], Record<string, number>>(true);
  same<Report['exact'], boolean>(true);
  const { duplicate_share, near_duplicate_share, zipf_exponent, zipf_exponent_error } = report;
  const { conditional_entropy, conditional_entropy_baseline, lz_complexity } = report;
  console.log(duplicate_share ?? near_duplicate_share ?? zipf_exponent ?? zipf_exponent_error);
  console.log(conditional_entropy ?? conditional_entropy_baseline ?? lz_complexity);
  console.log(report.distinct_n?.['2'] ?? report.rep_n?.['2'] ?? report.lag_equality?.share[0]);
  console.log(report.mutual_information?.bits[0], report.error_bounds?.['distributions']);
  const spread: Distribution | undefined = report.distributions?.['length'];
  if (spread) {
    const { count, mean, sd, min, max, quantiles, histogram } = spread;
    console.log(count + mean + sd + min + max, quantiles['0.5'], histogram.counts[0]);
  }
  const sequences = report.per_sequence;
  console.log(
    report.num_sequences + report.num_tokens + report.vocab_usage,
    report.avg_length ?? report.min_length ?? report.max_length ?? report.global_coherence,
    report.length_histogram['8'],
    report.coherence_left_out.under_2_tokens + report.coherence_left_out.empty,
    sequences?.length[0] ?? sequences?.entropy_complexity?.[0],
    sequences?.local_coherence[0] ?? sequences?.global_coherence[0],
  );
  return report.pattern_detection;
}

export function validated(synthgen: Synthgen, bytes: Uint8Array): FaultTally[] {
  const limits: Limits = { vocab_size: 9, min_length: 1, max_length: 7, allow_duplicates: true };
  const batch = synthgen.loadSyntheticData(bytes, 'train.jsonl');
  const validator: Validator = synthgen.validator(limits);
  validator.add(batch);
  validator.addText('[1]', 'data.jsonl', 1);
  validator.addFile(bytes, 'train.npy');
  const reader: SequenceReader = synthgen.openFile(bytes, 'train.npy');
  console.log(reader.next()?.tokens.length, reader.bytesRead);
  reader.delete();
  console.log(validator.report().passed);
  validator.delete();
  const { allow_duplicates: _, ...single } = limits;
  console.log(synthgen.checkSequences(batch, single).passed);
  const report: ValidationReport = synthgen.validateSyntheticData(batch, limits);
  const { oracle_bits_per_token, pattern_precision, pattern_recall, vocab_size, ...rest } =
    synthgen.analyzeSequences(batch);
  console.log(vocab_size, rest.predictive_bits_per_token);
  console.log(rest.predictive_bits_by_position?.floor[0]);
  console.log(batch.latents?.[0]?.noise, oracle_bits_per_token, pattern_precision, pattern_recall);
  console.log(
    synthgen.validateSyntheticData('[1]', limits, 'x').passed,
    report.num_faults,
    report.notes,
  );
  for (const { kind, count, first } of report.faults) console.log(kind, count, first[0]?.message);
  return report.faults;
}

export function customOf(synthgen: Synthgen): SequenceBatch {
  const Base: SequenceGeneratorClass = synthgen.SequenceGenerator;
  class Custom extends Base {
    override generateSequence(): AdjustedSequence {
      const { split, index }: Item = this.item;
      console.log(split, index, this.config, this.vocabSize, this.customParams['a']);
      const sequence = [this.random(), this.randomInteger(3), this.randomToken()];
      sequence.push(this.randomLength(), this.generatePatternToken(0), this.seqLength);
      return this.adjustLength(sequence);
    }
  }
  const told: CustomOptions = { source: 'text', onSequence: ({ index }) => console.log(index) };
  console.log(synthgen.customGenerator(Custom, config, told).generate(range).tokens.length);
  class Labelled extends Base {
    override readonly hasLabels = true;
    override generateSequence(): LabelledSequence {
      return { tokens: [1, 2], labels: [2, -100], padding: 0 };
    }
  }
  console.log(synthgen.customGenerator(Labelled, config).generate(range).labels?.[0]);
  const { tokens, padding }: AdjustedSequence = new Custom(config).adjustLength([1]);
  const made: SequenceGenerator = new Custom({ seq_length: tokens.length + padding });
  return made.generateDataset(3);
}

export async function useEverything(): Promise<void> {
  const synthgen: Synthgen = await createSynthgen({
    wasmUrl: 'assets/synthgen.wasm',
    simd: true,
  });
  console.log(synthgen.simd);
  console.log(synthgen.version.length + synthgen.streamVersion, synthgen.schema()['type']);
  const [parameter] = synthgen.parameters();
  const [family] = synthgen.families();
  const [measure] = synthgen.measures();
  const [preset] = synthgen.presets();
  const chosen: Config = synthgen.presetConfig('mad-recall', { seed: 7 });
  if (parameter && family && measure) console.log(describe(parameter, family, measure));
  if (preset) console.log(presetLines(preset), chosen);

  const formats: Format[] = synthgen.formats();
  for (const format of formats) {
    const { name, extension, extensions, summary, dtypes, ...can } = format;
    console.log(name, extension, extensions[0], summary, dtypes[0], can.text, can.in_memory);
    console.log(can.latents, can.predictive, can.separator);
  }

  const checked = synthgen.checkConfig(config);
  same<typeof checked, { config: Config; notes: string[] }>(true);
  const generator: Generator = synthgen.generator(checked.config);
  const expectations: Expectation[] = generator.truth();
  const atLags: (number | null)[] | undefined = generator.expectedLagEquality('val');
  const expected = generator.expectedMeasures({ num_tokens: 1 }, { train: 2, val: 1 }, { top: 3 });
  console.log(predicted(generator, generator.generate({ count: 1 })), floorOf(generator));
  const likely: ExpectedMeasure | undefined = expected['num_tokens'];
  console.log(likely?.value, likely?.formula, likely?.standard_error);
  for (const { name, value, formula, unit, depends_on } of expectations)
    console.log(name, value, formula, unit, depends_on[0], atLags?.at(0));
  console.log(generator.limits('test').max_length);
  const batch = generator.generate(range);
  const bytes: Uint8Array = generator.encodeJsonl(range);
  console.log(bytes.length, generator.config['seed'], generator.notes[0], latentsOf(batch));
  const structured = generator.generate({ ...range, structure: true });
  console.log(kindsOf(synthgen, structured));
  generator.delete();

  const analyzer: Analyzer = synthgen.analyzer(options);
  analyzer.add(batch);
  analyzer.addRange(generator, { first: 0, count: 1, latents: true });
  analyzer.merge(synthgen.loadAnalyzer(analyzer.save(), { config: {} }));
  const [ngram] = measured(analyzer.report());
  console.log(ngram?.pattern[0], ngram?.count);
  analyzer.delete();

  const random = synthgen.generateRandomSequences(sample);
  const patterned = synthgen.generatePatternSequences(patterns);
  console.log(synthgen.generateHierarchicalSequences(hierarchy).tokens.length);
  console.log(synthgen.generateConditionalSequences(conditions).tokens.length);
  same<ReturnType<typeof synthgen.analyzeDataset>, Report>(true);
  console.log(synthgen.analyzeSequences(random, options), synthgen.analyzeDataset(patterned));
  const { sequence_diversity, token_diversity, average_entropy, pattern_ratio } =
    synthgen.computeQualityMetrics(random);
  console.log(sequence_diversity, token_diversity, average_entropy, pattern_ratio);
  console.log(synthgen.computeEntropy([1, 2]), synthgen.hasPattern(random.tokens));
  const runs: PatternRun[] = synthgen.patternRuns([1, 2, 3, 4, 5, 6]);
  for (const { start, length, kind } of runs) console.log(start, length, kind);
  console.log(
    synthgen.detectPatterns(random, 2),
    synthgen.measureCoherence(random).local_coherence,
  );
}

export async function live(compiled: WebAssembly.Module): Promise<void> {
  const module: LiveSynthgen = await createLive(compiled);
  const generator: LiveGenerator = module.generator(config);
  console.log(module.analyzeSequences(generator.generate(range), options).num_sequences);
  // @ts-expect-error files need the whole module
  module.openFile(new Uint8Array(), 'a.npy');
  generator.delete();
}

export function explain(error: unknown): string {
  if (!(error instanceof SynthgenError)) return '';
  const problems: Problem[] = error.problems;
  same<typeof error.kind, 'data' | 'usage' | 'io' | 'cancelled' | 'elsewhere'>(true);
  return error.message + problems.map(({ key, value, allowed }) => key + value + allowed).join();
}

// What must not compile.
export function misuse(synthgen: Synthgen, generator: Generator): void {
  // @ts-expect-error a range needs a count
  generator.generate({ first: 3 });
  // @ts-expect-error no such split
  generator.generate({ split: 'dev', count: 1 });
  // @ts-expect-error tokens are typed arrays
  synthgen.analyzeSequences({ tokens: [1, 2], offsets: [0, 2] });
  // @ts-expect-error the number of samples is needed
  synthgen.generateRandomSequences({ vocab_size: 10 });
  // @ts-expect-error a generator's config is read, not set
  generator.config = {};
}

export function staged(synthgen: Synthgen, batch: SequenceBatch): string[] {
  const stage: Stage = { min_complexity: 0, max_complexity: 0.5, max_length: 9 };
  const curricula: Curricula = synthgen;
  const complexity: ComplexityOptions = { complexity: 'lz', complexity_scale: 'raw' };
  const stages = synthgen.createCurriculumData(batch, { stage }, complexity);
  complexity.vocab_size = curricula.smallestVocabSize(batch);
  const kept = synthgen.filterByComplexity(batch, 0, 1, complexity);
  const { labels, ...unlabelled } = kept;
  same<typeof labels, Float64Array | undefined>(true);
  const bare: TokenBatch = unlabelled;
  console.log(stages['stage']?.tokens, synthgen.adjustSequenceLengths(bare, 3).offsets);
  const advice: Advice[] = synthgen.analyzeSequences(batch, { config: { vocab_size: 50 } }).advice;
  return advice.map(({ rule, trouble, measure, value, threshold, message, parameter, change }) =>
    [rule, trouble, measure, value - threshold, message, parameter, change.seed].join(' '),
  );
}
