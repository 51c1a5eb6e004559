import { checkedSequence } from './checks.js';
import { unwrap } from './errors.js';
import { Handle } from './handle.js';

/** The exact law of the next token of a generator's sequences. */
export class Predictor extends Handle {
  static label = 'Predictor';

  reset() {
    this.raw.reset();
  }

  probability(id) {
    return this.raw.probability(id);
  }

  observe(id) {
    return this.raw.observe(id);
  }

  law() {
    return unwrap(this.raw.law());
  }

  get entropyBits() {
    return this.raw.entropyBits();
  }

  get continuation() {
    return this.raw.continuation();
  }

  get scored() {
    return this.raw.scored();
  }

  labelProbability(id) {
    return this.raw.labelProbability(id);
  }

  labelLaw() {
    return unwrap(this.raw.labelLaw());
  }

  get labelEntropyBits() {
    return this.raw.labelEntropyBits();
  }

  bits(sequence) {
    return unwrap(this.raw.bits(checkedSequence(sequence)));
  }
}
