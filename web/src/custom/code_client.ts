import { CoreClient, CoreError } from '../worker/client';
import type { Beat, Calls, DatasetCalls, DatasetClient } from '../worker/messages';
import { codeModule, syntaxError, uncaught } from './code_module';
// oxlint-disable-next-line import/default -- it is Vite that gives it one
import workerUrl from './code_worker.ts?worker&url';
import { Watch } from './watch';

/** How long loading the code, or one sequence, may take. */
const patienceMs = 2000;

/** How long the core may take to arrive from the site. */
const startPatienceMs = 30_000;

const missingImport =
  'the code could not be loaded: it imports something that this page cannot reach';

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

/** A worker that runs a visitor's code. It ends itself when the code fails or hangs. */
export class CodeClient implements DatasetClient {
  readonly #client: CoreClient;
  readonly #watch = new Watch(() => this.#end(stuckAt(this.#beat)));
  readonly #ready = Promise.withResolvers<void>();
  #beat: Beat['beat'] | undefined;
  /** Why the client has ended. */
  #over: CoreError | undefined;

  /** Fails for code without a default export. */
  constructor(code: string) {
    const text = codeModule(code, new URL(workerUrl, location.href).href);
    if (text === undefined) {
      throw refusal(
        'usage',
        'the code has no default export; allowed: export default ({ SequenceGenerator }) => class …',
      );
    }
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    // A caller that only closes the client does not wait for this.
    this.#ready.promise.catch(() => {}).finally(() => URL.revokeObjectURL(url));
    this.#watch.start(startPatienceMs);
    this.#client = new CoreClient(() => new Worker(url, { type: 'module' }), {
      hear: (beat) => this.#hear(beat),
      explain: (event) => {
        const error = refusal('usage', uncaught(event, code) ?? missingImport);
        if (event.message) this.#end(error);
        else
          void syntaxError(code).then((words) =>
            this.#end(refusal('usage', words ?? error.message)),
          );
        return error;
      },
    });
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
    try {
      return await this.#client.call(name, argument);
    } finally {
      this.#watch.stop();
    }
  }

  close(): void {
    this.#end(refusal('cancelled', 'cancelled'));
  }

  #hear(beat: Beat['beat']): void {
    this.#beat = beat;
    this.#watch.heard();
    if (beat === 'load') this.#watch.start(patienceMs);
    if (beat !== 'wait') return;
    this.#watch.stop();
    this.#ready.resolve();
  }

  #end(reason: CoreError): void {
    this.#over ??= reason;
    this.#watch.stop();
    this.#ready.reject(reason);
    this.#client.close(reason);
  }
}
