// The core for a visitor's code: what `codeModule` writes imports it, and hands over the code's class.

import { createSynthgen, type Config, type SequenceGeneratorClass, type Synthgen } from 'synthgen';
import wasmUrl from 'synthgen/synthgen.wasm?url';

import { datasetCalls } from '../worker/dataset_calls';
import type { Beat } from '../worker/messages';
import { previewCalls } from '../worker/preview_calls';
import { serve } from '../worker/serve';

const tell = (beat: Beat['beat']) => self.postMessage({ beat } satisfies Beat);

function serveClass(makeClass: unknown, source: string): void {
  if (typeof makeClass !== 'function') {
    throw new TypeError(
      'the default export is not a function; allowed: ({ SequenceGenerator }) => class …',
    );
  }
  const Class = (makeClass as (core: Synthgen) => SequenceGeneratorClass)(synthgen);
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

const synthgen = await createSynthgen({
  // A worker from a blob has no address that a path could belong to.
  wasmUrl: new URL(wasmUrl, import.meta.url).href,
});
// A bundled worker exports nothing, so the code finds this by its name.
Object.assign(globalThis, { serveClass });
tell('load');
