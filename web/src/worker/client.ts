import type {
  CallName,
  Calls,
  DatasetClient,
  FileMeasures,
  FileProgress,
  FileRequest,
  Refusal,
  Request,
  Response,
} from './messages';

/** The core's refusal as it arrives in the page. */
export class CoreError extends Error {
  readonly kind: string;
  readonly problems: Refusal['problems'];

  constructor({ kind, message, problems = [] }: Omit<Refusal, 'problems'> & Partial<Refusal>) {
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
export class CoreClient implements DatasetClient {
  readonly #make: () => Worker;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker;
  /** Why it was closed, until it is started again. */
  #closed: Error | undefined;
  #lastId = 0;

  /** `make` starts the worker. */
  constructor(make: () => Worker) {
    this.#make = make;
    this.#worker = this.#start();
  }

  /** Asks the worker; what is `moved` goes to it without a copy. */
  call<Name extends CallName>(
    name: Name,
    argument: Calls[Name]['argument'],
    moved: Transferable[] = [],
  ): Promise<Calls[Name]['answer']> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, argument } as Request, moved);
    });
  }

  /** Ends the worker at once, whatever it does, and starts another; calls under way reject. */
  restart(): void {
    this.close();
    this.#worker = this.#start();
  }

  /** Ends the worker at once; calls under way and later ones reject. */
  close(reason = new CoreError({ kind: 'cancelled', message: 'cancelled' })): void {
    this.#closed = reason;
    this.#worker.terminate();
    this.#fail(reason);
  }

  #start(): Worker {
    this.#closed = undefined;
    const worker = this.#make();
    worker.addEventListener('message', ({ data }: MessageEvent<Response>) => this.#receive(data));
    worker.addEventListener('error', (event) => this.#fail(unexplained(event)));
    return worker;
  }

  #receive(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if ('refusal' in response) waiting?.reject(new CoreError(response.refusal));
    else waiting?.resolve(response.answer as never);
  }

  #fail(error: CoreError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function unexplained({ message }: ErrorEvent): CoreError {
  return new CoreError({
    kind: 'internal',
    message: message || 'the worker could not be started',
  });
}

/**
 * Measures a file in a worker, which keeps it open for more; `progress` hears how far it is.
 * Closing the worker ends it at once; the promise rejects.
 */
export async function measureFile(
  core: CoreClient,
  request: FileRequest,
  progress: (sofar: FileProgress) => void,
): Promise<FileMeasures> {
  await core.call('openFile', request);
  for (;;) {
    const sofar = await core.call('nextPiece', null);
    if (sofar === null) break;
    progress(sofar);
  }
  return core.call('fileMeasures', null);
}
