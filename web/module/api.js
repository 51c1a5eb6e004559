import {
  checkedAnalysis,
  checkedBatch,
  checkedBounds,
  checkedBytes,
  checkedExpectation,
  checkedFormat,
  checkedLength,
  checkedLine,
  checkedLimits,
  checkedName,
  checkedRange,
  checkedSample,
  checkedSequence,
  checkedText,
  configText,
} from './checks.js';
import { customGenerators } from './custom.js';
import { unwrap } from './errors.js';
import { Handle } from './handle.js';

class Generator extends Handle {
  static label = 'Generator';

  get config() {
    return JSON.parse(this.raw.config());
  }

  truth(split = 'train') {
    return JSON.parse(this.raw.truth(split));
  }

  expectedLagEquality(split = 'train') {
    const shares = JSON.parse(this.raw.expectedLagEquality(split));
    return shares.length > 0 ? shares : undefined;
  }

  expectedMeasures(report, sequences, options) {
    const asked = checkedExpectation(report, sequences, options);
    if (this.config.generator === 'custom') return {};
    return JSON.parse(unwrap(this.raw.expectedMeasures(...asked)));
  }

  generate(range) {
    return withLatents(unwrap(this.raw.generate(...checkedRange(range))));
  }

  encodeJsonl(range) {
    return unwrap(this.raw.encodeJsonl(...checkedRange(range)));
  }
}

class Analyzer extends Handle {
  static label = 'Analyzer';

  add(batch) {
    unwrap(this.raw.add(checkedBatch(batch)));
  }

  merge(other) {
    unwrap(this.raw.merge(other.raw));
  }

  report() {
    return JSON.parse(unwrap(this.raw.report()));
  }
}

class Validator extends Handle {
  static label = 'Validator';

  add(batch) {
    unwrap(this.raw.add(checkedBatch(batch)));
  }

  addText(data, name = 'data', firstLine = 1) {
    unwrap(this.raw.addText(checkedText(data), name, checkedLine(firstLine)));
  }

  addFile(bytes, name) {
    unwrap(this.raw.addFile(checkedBytes(bytes), name));
  }

  report() {
    return JSON.parse(unwrap(this.raw.report()));
  }
}

class SequenceReader extends Handle {
  static label = 'SequenceReader';

  get bytesRead() {
    return this.raw.bytesRead();
  }

  next() {
    const batch = withLatents(unwrap(this.raw.next()));
    return batch.offsets.length > 1 ? batch : null;
  }
}

class DatasetEncoder extends Handle {
  static label = 'DatasetEncoder';

  next() {
    return unwrap(this.raw.next());
  }

  manifest() {
    return this.raw.manifest();
  }
}

/** A batch as the module gives it, its latents still text. */
function withLatents(batch) {
  if (batch.latents !== undefined) batch.latents = JSON.parse(batch.latents);
  return batch;
}

/** What `use` makes of a handle that is freed afterwards. */
function using(handle, use) {
  try {
    return use(handle);
  } finally {
    handle.delete();
  }
}

/** The public interface on top of the compiled module's raw one. */
export function wrap(module) {
  const generator = (config) => new Generator(unwrap(module.createGenerator(configText(config))));
  const sample = (family, options) => {
    const [config, count] = checkedSample(family, options);
    return using(generator(config), (maker) => maker.generate({ count }));
  };
  const checkConfig = (config) => JSON.parse(unwrap(module.checkConfig(configText(config))));
  const { SequenceGenerator, rawGenerator } = customGenerators(module, {
    checkConfig,
    generate: (raw, count) => using(new Generator(raw), (maker) => maker.generate({ count })),
  });
  const analyzer = (options) =>
    new Analyzer(unwrap(module.createAnalyzer(...checkedAnalysis(options))));
  const validator = (limits) =>
    new Validator(unwrap(module.createValidator(checkedLimits(limits))));
  const analyzeSequences = (batch, options) =>
    using(analyzer(options), (measured) => {
      measured.add(batch);
      return measured.report();
    });
  return {
    version: module.version(),
    streamVersion: module.streamVersion(),
    parameters: () => JSON.parse(module.parameters()),
    families: () => JSON.parse(module.families()),
    measures: () => JSON.parse(module.measures()),
    schema: () => JSON.parse(module.schema()),
    checkConfig,
    generator,
    SequenceGenerator,
    customGenerator: (Class, config, options) =>
      new Generator(rawGenerator(Class, configText(config), options)),
    analyzer,
    datasetEncoder: (maker, options) =>
      new DatasetEncoder(unwrap(module.createDatasetEncoder(maker.raw, checkedFormat(options)))),
    generateRandomSequences: (options) => sample('random', options),
    generatePatternSequences: (options) => sample('pattern', options),
    generateHierarchicalSequences: (options) => sample('hierarchical', options),
    generateConditionalSequences: (options) => sample('conditional', options),
    loadSyntheticData: (data, name = 'data') =>
      withLatents(unwrap(module.loadSyntheticData(checkedText(data), name))),
    openFile: (bytes, name) =>
      new SequenceReader(unwrap(module.openFile(checkedBytes(bytes), checkedName(name)))),
    validator,
    validateSyntheticData: (data, limits, name = 'data') =>
      using(validator(limits), (validation) => {
        if (data?.tokens !== undefined) validation.add(data);
        else if (typeof data === 'string') validation.addText(data, name);
        else validation.addFile(checkedText(data), name);
        return validation.report();
      }),
    filterByComplexity: (batch, minComplexity, maxComplexity, options = null) =>
      withLatents(
        unwrap(
          module.filterByComplexity(
            checkedBatch(batch),
            ...checkedBounds(minComplexity, maxComplexity),
            configText(options),
          ),
        ),
      ),
    adjustSequenceLengths: (batch, maxLength) =>
      withLatents(
        unwrap(module.adjustSequenceLengths(checkedBatch(batch), checkedLength(maxLength))),
      ),
    createCurriculumData: (batch, stages, options = null) =>
      Object.fromEntries(
        unwrap(
          module.createCurriculumData(checkedBatch(batch), configText(stages), configText(options)),
        ).map(([name, sequences]) => [name, withLatents(sequences)]),
      ),
    analyzeSequences,
    analyzeDataset: analyzeSequences,
    detectPatterns: (batch, minLength = 3) =>
      analyzeSequences(batch, { ngram: minLength }).pattern_detection,
    computeQualityMetrics: (batch) => {
      const { sequence_diversity, token_diversity, average_entropy, pattern_ratio } =
        analyzeSequences(batch);
      return { sequence_diversity, token_diversity, average_entropy, pattern_ratio };
    },
    computeEntropy: (sequence) => module.computeEntropy(checkedSequence(sequence)),
    hasPattern: (sequence) => module.hasPattern(checkedSequence(sequence)),
    patternRuns: (sequence) => module.patternRuns(checkedSequence(sequence)),
    measureCoherence: (batch) => {
      const { local_coherence, global_coherence } = analyzeSequences(batch);
      return { local_coherence, global_coherence };
    },
  };
}
