import type { Fault } from './code_script';

/** Why a worker was ended for what it posted: no answer to the page, or more than was asked for. */
export type Breach = 'foreign' | 'size';

/** What the frame lets through of a worker's messages. */
export type FromFrame =
  | { beat: unknown }
  | { fault: Fault }
  | { over: Breach }
  | { alive: true }
  | { id: number; answer?: unknown; refusal?: unknown };

/** How many messages of progress a call may send, and how many bytes its answer may have. */
export interface Bounds {
  beats: number;
  bytes: number;
}

/** How long a frame may take to say that it runs. */
const aliveMs = 3000;

/**
 * A worker inside a frame with an origin of its own, from which nothing can be reached. The frame
 * passes on plain data only. Closing the sandbox removes the frame, and with it all that runs there.
 */
export class Sandbox {
  readonly #frame = document.createElement('iframe');
  readonly #port: MessagePort;
  readonly #hear: (message: FromFrame) => void;
  #alive: (() => void) | undefined;

  /** The script is a classic one: browsers refuse modules without an address to such frames. */
  constructor(frameDocument: string, script: string, hear: (message: FromFrame) => void) {
    this.#hear = hear;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.addEventListener('message', ({ data }) => this.#take(data as FromFrame));
    port1.start();
    this.#frame.setAttribute('sandbox', 'allow-scripts');
    this.#frame.hidden = true;
    this.#frame.title = 'Sandbox of the generator code';
    this.#frame.srcdoc = frameDocument;
    this.#frame.addEventListener(
      'load',
      () => this.#frame.contentWindow?.postMessage(script, '*', [port2]),
      { once: true },
    );
    document.body.append(this.#frame);
  }

  /** Sends the worker a message; one with `bounds` is a call that it answers. */
  post(request: unknown, bounds?: Bounds, transfer: Transferable[] = []): void {
    this.#port.postMessage({ request, bounds }, transfer);
  }

  /** Whether the frame still runs: its process may have ended, usually for lack of memory. */
  async isAlive(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#alive = () => resolve(true);
    this.#port.postMessage('alive?');
    const timer = setTimeout(() => resolve(false), aliveMs);
    return promise.finally(() => clearTimeout(timer));
  }

  close(): void {
    this.#port.postMessage('end');
    this.#port.close();
    this.#frame.remove();
  }

  #take(message: FromFrame): void {
    if ('alive' in message) this.#alive?.();
    else this.#hear(message);
    if ('beat' in message) this.#port.postMessage('taken');
  }
}
