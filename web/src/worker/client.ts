import type { CallName, Calls, Refusal, Request, Response } from './messages';

/** The core's refusal as it arrives in the page. */
export class CoreError extends Error {
  readonly kind: string;
  readonly problems: Refusal['problems'];

  constructor({ kind, message, problems }: Refusal) {
    super(message);
    this.name = 'CoreError';
    this.kind = kind;
    this.problems = problems;
  }
}

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

/** One worker with the core in it; every call is a promise. */
export class CoreClient {
  #worker = this.#start();
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  call<Name extends CallName>(
    name: Name,
    argument: Calls[Name]['argument'],
  ): Promise<Calls[Name]['answer']> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, argument } as Request);
    });
  }

  /** Ends the worker at once, whatever it does, and starts another; calls under way reject. */
  restart(): void {
    this.close();
    this.#worker = this.#start();
  }

  /** Ends the worker at once; calls under way reject. */
  close(): void {
    this.#worker.terminate();
    this.#fail('cancelled', 'cancelled');
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Response>) => this.#receive(data));
    worker.addEventListener('error', (event) => {
      this.#fail(event.message || 'the worker could not be started');
    });
    return worker;
  }

  #receive(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if ('refusal' in response) waiting?.reject(new CoreError(response.refusal));
    else waiting?.resolve(response.answer as never);
  }

  #fail(message: string, kind = 'internal'): void {
    const error = new CoreError({ kind, message, problems: [] });
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
