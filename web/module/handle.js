import { SynthgenError } from './errors.js';

/** An object that lives in the module's memory until `delete` frees it; `label` names its class. */
export class Handle {
  #raw;

  constructor(raw) {
    this.#raw = raw;
  }

  /** The module's own object. */
  get raw() {
    if (this.#raw === undefined) {
      const message = `${this.constructor.label} was used after its delete()`;
      throw new SynthgenError({ kind: 'usage', message });
    }
    return this.#raw;
  }

  delete() {
    this.#raw?.delete();
    this.#raw = undefined;
  }
}

// `using analyzer = synthgen.analyzer();` frees it at the end of the block, where the runtime knows how.
if (Symbol.dispose !== undefined) {
  Handle.prototype[Symbol.dispose] = function dispose() {
    this.delete();
  };
}

/** What `use` makes of a handle that is freed afterwards. */
export function using(handle, use) {
  try {
    return use(handle);
  } finally {
    handle.delete();
  }
}
