import { unwrap } from './errors.js';
import { Handle } from './handle.js';

export class Generator extends Handle {
  static label = 'Generator';

  get config() {
    return this.raw.config();
  }

  get notes() {
    return this.raw.notes();
  }

  truth(split = 'train') {
    return unwrap(this.raw.truth(split));
  }

  limits(split = 'train') {
    return unwrap(this.raw.limits(split));
  }

  expectedLagEquality(split = 'train') {
    const shares = unwrap(this.raw.expectedLagEquality(split));
    return shares.length > 0 ? shares : undefined;
  }

  generate(range) {
    return unwrap(this.raw.generate(range));
  }
}

/** The part of the interface that makes sequences; `Made` is the class of its generators. */
export const generating = (module, Made = Generator) => ({
  generator: (config) => new Made(unwrap(module.createGenerator(config))),
});
