import { checkedBatch } from './checks.js';
import { unwrap } from './errors.js';
import { Handle, using } from './handle.js';

export class Analyzer extends Handle {
  static label = 'Analyzer';

  add(batch) {
    unwrap(this.raw.add(checkedBatch(batch)));
  }

  report() {
    return unwrap(this.raw.report());
  }
}

/** Options under the core's names for them: `perSequence` is `per_sequence` there. */
export function coreOptions(options) {
  if (typeof options !== 'object' || options === null) return options;
  const coreName = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [coreName(name), value]),
  );
}

/** The part of the interface that measures sequences; `Made` is the class of its analyzers. */
export function analyzing(module, Made = Analyzer) {
  const analyzer = ({ config, ...options } = {}) =>
    new Made(unwrap(module.createAnalyzer(coreOptions(options), config)));
  return {
    analyzer,
    analyzeSequences: (batch, options) =>
      using(analyzer(options), (measured) => {
        measured.add(batch);
        return measured.report();
      }),
    encodeJsonl: (batch) => unwrap(module.encodeJsonl(checkedBatch(batch))),
    checkSequences: (batch, limits = {}) =>
      unwrap(module.checkSequences(checkedBatch(batch), limits)),
  };
}
