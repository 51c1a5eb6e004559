import { Analyzer, analyzing, coreOptions } from './analyzing.js';
import { batchesOf } from './batches.js';
import { checkedBytes } from './checks.js';
import { curricula } from './curricula.js';
import { customGenerators } from './custom.js';
import { describing } from './describing.js';
import { unwrap } from './errors.js';
import { files } from './files.js';
import { functions } from './functions.js';
import { Generator, generating } from './generating.js';
import { Predictor } from './predicting.js';

/** The public interface on top of the compiled synthgen.wasm; live.js has that of live.wasm. */
export function wrap(module) {
  class WholeGenerator extends Generator {
    encodeJsonl(range) {
      return unwrap(module.encodeRange(this.raw, range));
    }

    batches(options) {
      return batchesOf(this, options);
    }

    expectedMeasures(report, sequences, options = {}) {
      return unwrap(module.expectedMeasures(this.raw, report, sequences, coreOptions(options)));
    }

    floorMeasures(range) {
      const { no_floor: noFloor, ...measured } = unwrap(module.measureFloor(this.raw, range));
      return noFloor === undefined ? measured : { ...measured, noFloor };
    }

    predictor(split = 'train') {
      return new Predictor(unwrap(module.createPredictor(this.raw, split)));
    }
  }
  class WholeAnalyzer extends Analyzer {
    merge(other) {
      unwrap(module.mergeAnalyzers(this.raw, other.raw));
    }

    addRange(generator, range) {
      unwrap(module.measureRange(this.raw, generator.raw, range));
    }

    save() {
      return unwrap(module.saveAnalyzer(this.raw));
    }
  }
  const analysis = analyzing(module, WholeAnalyzer);
  return {
    ...describing(module),
    ...generating(module, WholeGenerator),
    ...analysis,
    loadAnalyzer: (bytes, { config } = {}) =>
      new WholeAnalyzer(unwrap(module.loadAnalyzer(checkedBytes(bytes), config))),
    ...functions(module, analysis),
    ...files(module),
    ...curricula(module),
    ...customGenerators(module, (raw) => new WholeGenerator(raw)),
  };
}
