// Serves the core to a visitor's code: `codeScript` puts this script in front of the code, and calls
// it with the code's class. It is the worker's only script, so it imports nothing that is loaded later.

import { createSynthgen, type Config, type SequenceGeneratorClass, type Synthgen } from 'synthgen';

import { datasetCalls } from '../worker/dataset_calls';
import type { Beat } from '../worker/messages';
import { previewCalls } from '../worker/preview_calls';
import { serve } from '../worker/serve';
import { refuseClocks } from './refused';
import { described, located, type Place } from './thrown';

const tell = (beat: Beat['beat']) => self.postMessage({ beat } satisfies Beat);

/** The bytes of synthgen.wasm, which the page sends first. */
const wasmBytes = new Promise<ArrayBuffer>((resolve) => {
  self.addEventListener('message', ({ data }) => resolve(data as ArrayBuffer), { once: true });
});

/** The class, with the line of the visitor's code in the message of what it throws. */
function tracing(Class: SequenceGeneratorClass, place: Place): SequenceGeneratorClass {
  if (typeof Class !== 'function') return Class;
  class Traced extends Class {
    constructor(config?: Config) {
      try {
        super(config);
      } catch (error) {
        throw located(error, place);
      }
    }

    override generateSequence(): ReturnType<
      InstanceType<SequenceGeneratorClass>['generateSequence']
    > {
      try {
        return super.generateSequence();
      } catch (error) {
        throw located(error, place);
      }
    }
  }
  Object.defineProperty(Traced, 'name', { value: Class.name });
  return Traced;
}

let synthgen: Synthgen;

/** Resolves when the visitor's code may run. */
async function load(): Promise<void> {
  synthgen = await createSynthgen({ wasmBytes: await wasmBytes });
  refuseClocks();
  // The page's policy ends nested workers with the frame; the code needs none.
  Reflect.deleteProperty(globalThis, 'Worker');
  tell('load');
}

/** Answers the page with the class that `makeClass` makes; `place` is where the code stands. */
function serveClass(makeClass: unknown, source: string, place: Place): void {
  if (typeof makeClass !== 'function') {
    throw new TypeError(
      'the default export is not a function; allowed: ({ SequenceGenerator }) => class …',
    );
  }
  const Class = tracing((makeClass as (core: Synthgen) => SequenceGeneratorClass)(synthgen), place);
  const options = { source, onSequence: tell };
  const make = (config: Config) => synthgen.customGenerator(Class, config, options);
  serve({
    ...previewCalls(
      async (call) => call(synthgen),
      (_, config) => make(config),
    ),
    ...datasetCalls(Promise.resolve(synthgen), (_, config) => make(config)),
  });
  tell('wait');
}

/** Reports what the code did not catch, as an error that nobody catches here either. */
function fail(error: unknown, place: Place): void {
  const { line, words } = described(error, place);
  setTimeout(() => {
    throw new Error(line === undefined ? words : `line ${line}: ${words}`);
  });
}

// A script exports nothing, so the code finds this by its name.
Object.assign(globalThis, { synthgenRunner: { load, serveClass, fail } });
