import type { Description } from '../src/model/preview';
import { CoreClient, CoreError } from '../src/worker/client';
import type { CallName, Calls } from '../src/worker/messages';

interface Job {
  owner: object;
  run: () => Promise<unknown>;
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}

const cancelled = () => new CoreError({ kind: 'cancelled', message: 'cancelled' });

/** One worker for all views of a page: it answers one call at a time, in the order of the calls. */
export class SharedCore {
  readonly #client: CoreClient;
  readonly #waiting: Job[] = [];
  #current: Job | undefined;
  #description: Promise<Description> | undefined;

  /** `start` starts the worker. */
  constructor(start: () => Worker) {
    this.#client = new CoreClient(start);
  }

  /** What the core says of itself, asked once for all views; `about` is what the first one shows. */
  describe(about: string): Promise<Description> {
    this.#description ??= this.call(this, 'describe', about);
    return this.#description;
  }

  call<Name extends CallName>(
    owner: object,
    name: Name,
    argument: Calls[Name]['argument'],
  ): Promise<Calls[Name]['answer']> {
    return new Promise((resolve, reject) => {
      const run = () => this.#client.call(name, argument);
      this.#waiting.push({ owner, run, resolve, reject });
      void this.#next();
    });
  }

  /** Rejects the calls of one view at once; the calls of others go on. */
  cancel(owner: object): void {
    for (const job of this.#waiting.filter((entry) => entry.owner === owner)) {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      job.reject(cancelled());
    }
    if (this.#current?.owner === owner) this.#client.restart();
  }

  async #next(): Promise<void> {
    if (this.#current) return;
    const job = (this.#current = this.#waiting.shift());
    if (!job) return;
    await job.run().then(job.resolve as (answer: unknown) => void, job.reject);
    this.#current = undefined;
    void this.#next();
  }
}

/** What one view has of the page's worker. */
export class CoreShare {
  readonly #shared: SharedCore;

  constructor(shared: SharedCore) {
    this.#shared = shared;
  }

  call<Name extends CallName>(
    name: Name,
    argument: Calls[Name]['argument'],
  ): Promise<Calls[Name]['answer']> {
    return this.#shared.call(this, name, argument);
  }

  /** Cancels the view's calls. */
  restart(): void {
    this.#shared.cancel(this);
  }
}
