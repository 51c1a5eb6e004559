import wasmUrl from 'synthgen/synthgen.wasm?url';

import { CoreError } from '../worker/client';
import type { Beat, Calls, DatasetCalls, DatasetClient } from '../worker/messages';
import { checkedAnswer, checkedRefusal, isItem } from './answers';
import { codeScript, placeOf, uncaught, withConstant, type Fault } from './code_script';
import { Sandbox, type Bounds, type Breach, type FromFrame } from './sandbox';
import { Watch } from './watch';

/** How long loading the code, or one sequence, may take. */
const patienceMs = 2000;

/** How long the core may take to arrive from the site. */
const startPatienceMs = 30_000;

/** How much a call may answer: a preview has at most 200 sequences, a chunk of a file about 1 MB. */
const bounds: Record<keyof DatasetCalls, Bounds> = {
  preview: { beats: 1000, bytes: 2 ** 27 },
  settings: { beats: 0, bytes: 2 ** 20 },
  openDataset: { beats: 0, bytes: 2 ** 12 },
  nextChunk: { beats: 2 ** 20, bytes: 2 ** 26 },
  manifest: { beats: 0, bytes: 2 ** 22 },
};

const missingImport =
  'the code could not be loaded: it imports something that this page cannot reach';

/** Firefox says nothing of a syntax error in a sandboxed frame. */
const unreadable = 'the code has a syntax error; this browser does not say where';

const outOfMemory = 'the code ended its process; it probably ran out of memory';

const breaches: Record<Breach, string> = {
  foreign: 'the code sent messages of its own, which is not allowed; its worker was stopped',
  size: 'the code made more data than the page can take; its worker was stopped',
};

const refusal = (kind: string, message: string) => new CoreError({ kind, message });

/** The error for a worker that hung, by what it was doing. */
function stuckAt(beat: Beat['beat'] | undefined): CoreError {
  const doing = (words: string) =>
    refusal('data', `${words} within ${patienceMs / 1000} s; its worker was stopped`);
  if (beat === undefined) return refusal('internal', 'the worker for the code did not start');
  if (beat === 'load') return doing('the code did not load');
  if (beat === 'wait') return doing('the code did not answer');
  return doing(`sequence ${beat.index} of ${beat.split} did not end`);
}

let bytesLoaded: Promise<ArrayBuffer> | undefined;

/** The core's bytes: the sandbox itself can ask the site for nothing. */
function wasmBytes(): Promise<ArrayBuffer> {
  bytesLoaded ??= fetch(wasmUrl).then((response) => {
    if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
    return response.arrayBuffer();
  });
  bytesLoaded.catch(() => (bytesLoaded = undefined));
  return bytesLoaded;
}

interface Waiting {
  take: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** A sandbox that runs a visitor's code. It ends itself when the code fails, hangs or misbehaves. */
export class CodeClient implements DatasetClient {
  readonly #code: string;
  readonly #watch = new Watch(() => void this.#endStuck());
  readonly #ready = Promise.withResolvers<void>();
  readonly #waiting = new Map<number, Waiting>();
  #sandbox: Sandbox | undefined;
  #runner = '';
  #lastId = 0;
  #beat: Beat['beat'] | undefined;
  /** Why the client has ended. */
  #over: CoreError | undefined;

  /** Fails for code without a default export. */
  constructor(code: string) {
    this.#code = code;
    if (withConstant(code) === undefined) {
      throw refusal(
        'usage',
        'the code has no default export; allowed: export default ({ SequenceGenerator }) => class …',
      );
    }
    // A caller that only closes the client does not wait for this.
    this.#ready.promise.catch(() => {});
    this.#watch.start(startPatienceMs);
    this.#start().catch((error: unknown) => this.#end(refusal('internal', String(error))));
  }

  get isClosed(): boolean {
    return this.#over !== undefined;
  }

  async call<Name extends keyof DatasetCalls>(
    name: Name,
    argument: Calls[Name]['argument'],
  ): Promise<Calls[Name]['answer']> {
    await this.#ready.promise;
    if (this.#over) throw this.#over;
    this.#beat = 'wait';
    this.#watch.start(patienceMs);
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Calls[Name]['answer']>();
    const take = (answer: unknown) => resolve(checkedAnswer(name, argument, answer));
    this.#waiting.set(id, { take, reject });
    this.#sandbox?.post({ id, name, argument }, bounds[name]);
    return promise.finally(() => this.#waiting.size === 0 && this.#watch.stop());
  }

  close(): void {
    this.#end(refusal('cancelled', 'cancelled'));
  }

  async #start(): Promise<void> {
    const [{ frameDocument, runnerScript }, bytes] = await Promise.all([
      import('virtual:sandbox'),
      wasmBytes(),
    ]);
    const script = codeScript(this.#code, runnerScript);
    if (this.#over || script === undefined) return;
    this.#runner = runnerScript;
    this.#sandbox = new Sandbox(frameDocument, script, (message) => this.#take(message));
    this.#sandbox.post(bytes);
  }

  #take(message: FromFrame): void {
    if ('over' in message) this.#end(refusal('data', breaches[message.over]));
    else if ('fault' in message) this.#endFaulty(message.fault);
    else if ('beat' in message) this.#hear(message.beat);
    else if ('id' in message) this.#receive(message);
  }

  #hear(beat: unknown): void {
    if (beat !== 'load' && beat !== 'wait' && !isItem(beat)) return;
    this.#beat = beat;
    this.#watch.heard();
    if (beat === 'load') this.#watch.start(patienceMs);
    if (beat !== 'wait') return;
    this.#watch.stop();
    this.#ready.resolve();
  }

  #receive({ id, answer, refusal: refused }: { id: number; answer?: unknown; refusal?: unknown }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    try {
      if (refused === undefined) waiting?.take(answer);
      else waiting?.reject(checkedRefusal(refused));
    } catch (error) {
      waiting?.reject(error as Error);
      this.#end(error as CoreError);
    }
  }

  #endFaulty(fault: Fault): void {
    const isImport = /^(Uncaught )?SyntaxError: .*\bimport\b/.test(fault.message);
    const words = isImport ? undefined : uncaught(fault, placeOf(this.#code, this.#runner));
    const silent = isImport || /\bimport\b/.test(this.#code) ? missingImport : unreadable;
    this.#end(refusal('usage', words ?? silent));
  }

  async #endStuck(): Promise<void> {
    const stuck = stuckAt(this.#beat);
    const isAlive = this.#sandbox === undefined || (await this.#sandbox.isAlive());
    this.#end(isAlive ? stuck : refusal('data', outOfMemory));
  }

  #end(reason: CoreError): void {
    this.#over ??= reason;
    this.#watch.stop();
    this.#sandbox?.close();
    this.#sandbox = undefined;
    this.#ready.reject(this.#over);
    for (const { reject } of this.#waiting.values()) reject(this.#over);
    this.#waiting.clear();
  }
}
