import { shown } from './checks.js';
import { SynthgenError, unwrap } from './errors.js';
import { using } from './handle.js';

const usage = (message) => new SynthgenError({ kind: 'usage', message });

const reason = (error) =>
  error instanceof Error ? error.message || error.name : `threw ${shown(error)}`;

/** Numbers as the raw module takes them; errors call one of them `name`. */
function numbers(list, name, allowed) {
  for (let t = 0; t < list.length; t += 1) {
    if (typeof list[t] === 'number') continue;
    throw usage(`${name} ${t}: got ${shown(list[t])}; allowed: ${allowed}`);
  }
  return Float64Array.from(list);
}

/** A sequence as the raw module takes it; throws what is wrong with it. */
function checkedSequence(made, vocabSize, longest) {
  const { tokens, padding = 0, labels } = made?.tokens === undefined ? { tokens: made } : made;
  if (!Array.isArray(tokens) && !ArrayBuffer.isView(tokens)) {
    throw usage(`returned ${shown(made)}; allowed: a list of ids`);
  }
  if (tokens.length > longest) {
    throw usage(`has ${tokens.length} tokens; allowed: at most ${longest}`);
  }
  return {
    tokens: numbers(tokens, 'token', `an id from 0 to ${vocabSize - 1}`),
    padding,
    labels: labels && numbers(labels, 'label', 'an id or -100'),
  };
}

/** What both a class and a single object become for the raw module. */
function hooked(module, generator, random, longest, onSequence) {
  const hook = module.SequenceHook.implement({
    generateSequence() {
      try {
        onSequence?.({ split: random.split(), index: random.index() });
        return checkedSequence(generator.generateSequence(), generator.vocabSize, longest);
      } catch (error) {
        return reason(error);
      }
    },
  });
  return { hook, random, hasLabels: generator.hasLabels === true };
}

/**
 * The part of the interface with the base class of custom generators and what makes a generator
 * from one; `handleOf` makes the public handle of a raw generator.
 */
export function customGenerators(module, handleOf) {
  class SequenceGenerator {
    #random = module.createItemRandom();

    constructor(config = {}) {
      this.config = unwrap(module.checkConfig({ ...config, generator: 'custom' })).config;
    }

    get vocabSize() {
      return this.config.vocab_size;
    }

    get seqLength() {
      return this.config.seq_length;
    }

    get customParams() {
      return this.config.custom_params ?? {};
    }

    /** Which sequence is being made. */
    get item() {
      const random = this.#active();
      return { split: random.split(), index: random.index() };
    }

    /** Whether each sequence comes with labels. */
    get hasLabels() {
      return false;
    }

    generateSequence() {
      throw usage(`${this.constructor.name} does not override generateSequence`);
    }

    random() {
      return this.#drawn(this.#active().real());
    }

    randomInteger(range) {
      if (!Number.isInteger(range) || range < 1 || range > 0xffffffff) {
        throw usage(`randomInteger: got ${shown(range)}; allowed: an integer from 1 to 4294967295`);
      }
      return this.#drawn(this.#active().integer(range));
    }

    randomToken() {
      return this.#drawn(this.#active().token());
    }

    randomLength() {
      return this.#active().length();
    }

    generatePatternToken(position) {
      if (!Number.isInteger(position) || position < 0 || position >= 2 ** 27) {
        throw usage(
          `generatePatternToken: got ${shown(position)}; allowed: a position from 0 to ${2 ** 27 - 1}`,
        );
      }
      return this.#drawn(this.#active().patternToken(position));
    }

    adjustLength(sequence) {
      const tokens = Array.from(sequence).slice(0, this.seqLength);
      const padding = this.seqLength - tokens.length;
      for (let i = 0; i < padding; i += 1) tokens.push(this.config.pad_token);
      return { tokens, padding };
    }

    generateDataset(count) {
      const make = (_, longest) => SequenceGenerator.parts(this, longest);
      const raw = unwrap(module.createCustomGenerator(this.config, make, '', ''));
      return using(handleOf(raw), (generator) => generator.generate({ count }));
    }

    /** A generator's raw parts; fails for what is none. */
    static parts(generator, longest, onSequence) {
      if (!(#random in generator)) throw usage('the class does not extend SequenceGenerator');
      return hooked(module, generator, generator.#random, longest, onSequence);
    }

    #active() {
      if (!this.#random.active()) throw usage('draws can only be made inside generateSequence');
      return this.#random;
    }

    #drawn(value) {
      if (Number.isNaN(value)) throw usage('drew more random words than a sequence may');
      return value;
    }
  }

  const customGenerator = (Class, config, { source = String(Class), onSequence } = {}) => {
    const make = (inSplit, longest) => {
      try {
        return SequenceGenerator.parts(new Class(inSplit), longest, onSequence);
      } catch (error) {
        return reason(error);
      }
    };
    return handleOf(unwrap(module.createCustomGenerator(config, make, Class.name, source)));
  };

  return { SequenceGenerator, customGenerator };
}
