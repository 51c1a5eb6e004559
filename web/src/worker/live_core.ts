import { createLive, type LiveSynthgen } from 'synthgen/live';
import tasks from 'virtual:tasks';

/** The modules of the live page: with the families that most visitors see, and with research tasks, too. */
export type ModuleName = 'live' | 'tasks';

/** Whether an error leaves the module's memory in the middle of something. */
const breaksModule = (error: unknown): boolean =>
  !(error instanceof Error) ||
  error instanceof WebAssembly.RuntimeError ||
  error instanceof RangeError;

/** Whether the core says that another module makes what was asked for. */
const isElsewhere = (error: unknown): boolean =>
  (error as { kind?: string } | undefined)?.kind === 'elsewhere';

const named = new RegExp(String.raw`\bgenerator\W+(${tasks.join('|')})\b`);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The module that a text, such as a link or a call, is about: a guess, which `use` corrects. */
export function moduleFor(text: string): ModuleName {
  return named.test(decoded(text)) ? 'tasks' : 'live';
}

/**
 * The live module. A call that breaks it, as where memory ends, is followed by a fresh one; a call for
 * what another module makes is followed by that one, which answers from then on.
 */
export class LiveCore {
  readonly #load: (name: ModuleName) => Promise<WebAssembly.Module>;
  #compiled: Promise<WebAssembly.Module>;
  #module: Promise<LiveSynthgen>;
  #larger: Promise<void> | undefined;
  #isFast = false;

  /** `load` compiles a module; `first` is the one to begin with. */
  constructor(load: (name: ModuleName) => Promise<WebAssembly.Module>, first: ModuleName = 'live') {
    this.#load = load;
    this.#compiled = load(first);
    this.#module = this.#compiled.then(createLive);
  }

  async use<Answer>(call: (module: LiveSynthgen) => Answer): Promise<Answer> {
    const module = await this.#module;
    try {
      return call(module);
    } catch (error) {
      if (isElsewhere(error)) {
        await this.#grow();
        return call(await this.#module);
      }
      if (!breaksModule(error)) throw error;
      await this.#replace(await this.#compiled);
      throw new Error('the preview needs more memory than a page has', { cause: error });
    }
  }

  /** Lets this module and later ones draw with vector instructions, which are loaded now. */
  speedUp(): void {
    this.#isFast = true;
    void this.#module.then((module) => module.useVectors()).catch(() => false);
  }

  /** Loads the larger module, once; the next call tries again if that fails. */
  async #grow(): Promise<void> {
    this.#larger ??= this.#load('tasks').then((compiled) => this.#replace(compiled));
    try {
      await this.#larger;
    } catch (error) {
      this.#larger = undefined;
      throw error;
    }
  }

  async #replace(compiled: WebAssembly.Module): Promise<void> {
    const module = await createLive(compiled);
    this.#compiled = Promise.resolve(compiled);
    this.#module = Promise.resolve(module);
    if (this.#isFast) this.speedUp();
  }
}

/** The module at an address; compiled while it arrives where the server names its type. */
export async function compiledFrom(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  const isNamed = response.headers.get('content-type') === 'application/wasm';
  return isNamed
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
