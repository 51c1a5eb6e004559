import { SynthgenError, unwrap } from './errors.js';

const splits = ['train', 'val', 'test'];
const largestIndex = Number.MAX_SAFE_INTEGER;

function checkedRange({ split = 'train', first = 0, count, latents = false }) {
  const problems = [];
  const whole = (key, value, maximum) => {
    if (!Number.isInteger(value) || value < 0 || value > maximum) {
      problems.push({ key, value: String(value), allowed: `an integer from 0 to ${maximum}` });
    }
  };
  if (!splits.includes(split)) {
    problems.push({ key: 'split', value: String(split), allowed: `one of ${splits.join(', ')}` });
  }
  whole('first', first, largestIndex);
  whole('count', count, 2 ** 31);
  if (problems.length > 0) {
    const message = problems.map((p) => `${p.key}: got ${p.value}; allowed: ${p.allowed}`);
    throw new SynthgenError({ kind: 'usage', message: message.join('\n'), problems });
  }
  return [split, first, count, latents];
}

class Generator {
  #raw;

  constructor(raw) {
    this.#raw = raw;
  }

  get config() {
    return JSON.parse(this.#raw.config());
  }

  truth() {
    return JSON.parse(this.#raw.truth());
  }

  generate(range) {
    const { tokens, offsets, latents } = this.#raw.generate(...checkedRange(range));
    return latents === undefined
      ? { tokens, offsets }
      : { tokens, offsets, latents: JSON.parse(latents) };
  }

  encodeJsonl(range) {
    return this.#raw.encodeJsonl(...checkedRange(range));
  }

  raw() {
    return this.#raw;
  }

  delete() {
    this.#raw.delete();
  }
}

class Analyzer {
  #raw;

  constructor(raw) {
    this.#raw = raw;
  }

  add({ tokens, offsets }) {
    this.#raw.add(tokens, offsets);
  }

  merge(other) {
    unwrap(this.#raw.merge(other.#raw));
  }

  report() {
    return JSON.parse(this.#raw.report());
  }

  delete() {
    this.#raw.delete();
  }
}

class DatasetEncoder {
  #raw;

  constructor(raw) {
    this.#raw = raw;
  }

  next() {
    return this.#raw.next();
  }

  manifest() {
    return this.#raw.manifest();
  }

  delete() {
    this.#raw.delete();
  }
}

/** The public interface on top of the compiled module's raw one. */
export function wrap(module) {
  const generator = (config) =>
    new Generator(unwrap(module.createGenerator(JSON.stringify(config))));
  const sample = (family, { num_samples, ...parameters }) => {
    const config = { generator: family, ...parameters, num_train: num_samples };
    const maker = generator(config);
    try {
      return maker.generate({ count: num_samples });
    } finally {
      maker.delete();
    }
  };
  const analyzer = ({ ngram = 3, top = 10, perSequence = false } = {}) =>
    new Analyzer(unwrap(module.createAnalyzer(ngram, top, perSequence)));
  const analyzeSequences = (batch, options) => {
    const measured = analyzer(options);
    try {
      measured.add(batch);
      return measured.report();
    } finally {
      measured.delete();
    }
  };
  return {
    version: module.version(),
    streamVersion: module.streamVersion(),
    parameters: () => JSON.parse(module.parameters()),
    families: () => JSON.parse(module.families()),
    measures: () => JSON.parse(module.measures()),
    schema: () => JSON.parse(module.schema()),
    checkConfig: (config) => JSON.parse(unwrap(module.checkConfig(JSON.stringify(config)))),
    generator,
    analyzer,
    datasetEncoder: (maker, { latents = false } = {}) =>
      new DatasetEncoder(module.createDatasetEncoder(maker.raw(), latents)),
    generateRandomSequences: (options) => sample('random', options),
    generatePatternSequences: (options) => sample('pattern', options),
    analyzeSequences,
    analyzeDataset: analyzeSequences,
    detectPatterns: (batch, minLength = 3) =>
      analyzeSequences(batch, { ngram: minLength }).pattern_detection,
    measureCoherence: (batch) => {
      const { local_coherence, global_coherence } = analyzeSequences(batch);
      return { local_coherence, global_coherence };
    },
  };
}
