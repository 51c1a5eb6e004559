import { createLive, type LiveSynthgen } from 'synthgen/live';

/** Whether an error leaves the module's memory in the middle of something. */
const breaksModule = (error: unknown): boolean =>
  !(error instanceof Error) ||
  error instanceof WebAssembly.RuntimeError ||
  error instanceof RangeError;

/** The live module. A call that breaks it, as where memory ends, is followed by a fresh one. */
export class LiveCore {
  readonly #compiled: WebAssembly.Module;
  #module: Promise<LiveSynthgen>;

  constructor(compiled: WebAssembly.Module) {
    this.#compiled = compiled;
    this.#module = createLive(compiled);
  }

  async use<Answer>(call: (module: LiveSynthgen) => Answer): Promise<Answer> {
    const module = await this.#module;
    try {
      return call(module);
    } catch (error) {
      if (!breaksModule(error)) throw error;
      this.#module = createLive(this.#compiled);
      throw new Error('the preview needs more memory than a page has', { cause: error });
    }
  }
}

/** The module at an address; compiled while it arrives where the server names its type. */
export async function loadLiveCore(url: string): Promise<LiveCore> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  const isNamed = response.headers.get('content-type') === 'application/wasm';
  const compiled = isNamed
    ? await WebAssembly.compileStreaming(response)
    : await WebAssembly.compile(await response.arrayBuffer());
  return new LiveCore(compiled);
}
