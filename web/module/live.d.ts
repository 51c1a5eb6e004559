import type { Analyzer, AnalyzerOptions, Config, Generator, Synthgen } from './index.js';

export { SynthgenError } from './index.js';
export type * from './index.js';

/** A generator of live.wasm: it makes no files and has no expectations of whole reports. */
export type LiveGenerator = Omit<
  Generator,
  'batches' | 'encodeJsonl' | 'expectedMeasures' | 'floorMeasures' | 'predictor'
>;

/** An analyzer of live.wasm. Batches must come without latents. */
export type LiveAnalyzer = Omit<Analyzer, 'merge' | 'addRange' | 'save'>;

/** The part of the module that live.wasm and tasks.wasm have, a quarter or a third of the whole in bytes. */
export type LiveSynthgen = Pick<
  Synthgen,
  | 'version'
  | 'streamVersion'
  | 'parameters'
  | 'families'
  | 'measures'
  | 'tokenKinds'
  | 'analyzeSequences'
  | 'checkSequences'
  | 'encodeJsonl'
> & {
  /**
   * Draws sequences with vector instructions from then on, where WebAssembly has them: a script of 5 kB
   * that is loaded now. Resolves with whether it does. The tokens are the same.
   */
  useVectors(): Promise<boolean>;
  /**
   * @throws {SynthgenError} with every problem of the config; with `kind` `elsewhere` if the config names
   * a research task and this is live.wasm, since tasks.wasm makes these
   */
  generator(config: Config): LiveGenerator;
  /** @throws {SynthgenError} when an option is out of range */
  analyzer(options?: AnalyzerOptions): LiveAnalyzer;
};

/**
 * An instance of the compiled live.wasm or tasks.wasm. Where memory ends it breaks with a WebAssembly.RuntimeError
 * or a RangeError instead of a SynthgenError; another instance then has to take its place. `compiled` is a WebAssembly.Module.
 */
export function createLive(compiled: object): Promise<LiveSynthgen>;
