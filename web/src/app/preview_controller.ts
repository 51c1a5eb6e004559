import { isCustom } from '../model/custom_family';
import { inspect, type Inspection } from '../model/inspection';
import type { Description, Preview, PreviewRequest } from '../model/preview';
import { activeConfig, type State } from '../state/state';
import { CoreError } from '../worker/client';
import { latest } from '../worker/latest';

/** A preview that keeps a newer one waiting for longer than this is cancelled. */
export const patienceMs = 800;

/** What makes previews: the core's worker, or the worker that runs the visitor's code. */
export interface Maker {
  preview(state: State, request: PreviewRequest): Promise<Preview>;
  /** Cancels the preview under way: its promise rejects. */
  restart(): void;
}

interface Listeners {
  /** Whether a preview of the newest settings is under way. */
  busy: (isBusy: boolean) => void;
  data: (inspection: Inspection) => void;
  failed: (failure: CoreError) => void;
}

/** What the page asks for with a state: the config that the core gets, and the sequences in view. */
export function requestOf(
  { config, view }: Pick<State, 'config' | 'view'>,
  { parameters }: Pick<Description, 'parameters'>,
): PreviewRequest {
  const { split, from } = view;
  return { config: activeConfig({ config, view }, parameters), split, from };
}

/**
 * Keeps the data up to date with the state: asks for one preview at a time, cancels one that takes
 * too long once there are newer settings, and remembers the last data and the newest failure.
 */
export class PreviewController {
  /** What the visitor should know although the settings are fine, such as parts of a bad link. */
  notices: readonly string[] = [];
  readonly #description: Description;
  readonly #makerOf: (state: State) => Promise<Maker>;
  readonly #listeners: Listeners;
  readonly #ask: (state: State) => void;
  /** Makes the preview under way. */
  #maker: Maker | undefined;
  /** The request under way or answered last; undefined if it has to be sent again. */
  #asked: string | undefined;
  #inspection: Inspection | undefined;
  #failure: CoreError | undefined;

  constructor(
    description: Description,
    makerOf: (state: State) => Promise<Maker>,
    listeners: Listeners,
  ) {
    this.#description = description;
    this.#makerOf = makerOf;
    this.#listeners = listeners;
    this.#ask = latest(
      (state: State) => this.#previewOf(state),
      (preview, isNewest) => this.#take(preview, isNewest),
      (error, isNewest) => this.#fail(error, isNewest),
      { ms: patienceMs, abandon: () => this.#maker?.restart() },
    );
  }

  /** The last data; undefined before the first. */
  get inspection(): Inspection | undefined {
    return this.#inspection;
  }

  /** Why the newest settings have no preview; undefined while they have one. */
  get failure(): CoreError | undefined {
    return this.#failure;
  }

  /**
   * Asks for the state's preview unless it was asked for last: a slider's last step comes twice. Returns
   * whether it did, so that an answer will come.
   */
  follow(state: State): boolean {
    const { file, view } = state;
    const request = requestOf(state, this.#description);
    const wanted = file
      ? `${file.id} ${view.from}`
      : isCustom(state)
        ? undefined
        : JSON.stringify(request);
    if (wanted !== undefined && wanted === this.#asked) return false;
    this.#asked = wanted;
    this.#listeners.busy(true);
    this.#ask(state);
    return true;
  }

  async #previewOf(state: State): Promise<Preview> {
    this.#maker = await this.#makerOf(state);
    return this.#maker.preview(state, requestOf(state, this.#description));
  }

  #take(preview: Preview, isNewest: boolean): void {
    this.#inspection = inspect(preview, this.#description.measures);
    this.#failure = undefined;
    this.#listeners.busy(!isNewest);
    this.#listeners.data(this.#inspection);
  }

  #fail(error: unknown, isNewest: boolean): void {
    if (isNewest) this.#asked = undefined;
    else if (error instanceof CoreError && error.kind === 'cancelled') return;
    this.#failure =
      error instanceof CoreError
        ? error
        : new CoreError({ kind: 'internal', message: String(error) });
    this.#listeners.busy(!isNewest);
    this.#listeners.failed(this.#failure);
  }
}
