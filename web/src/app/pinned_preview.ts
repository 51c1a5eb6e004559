import { inspect, type Inspection } from '../model/inspection';
import { detailRequest, withDetail } from './details';
import type { Reading } from '../model/reading';
import { activeConfig, type State } from '../state/state';
import { CoreClient, CoreError } from '../worker/client';
import { latest } from '../worker/latest';
import type { Description, PreviewRequest } from '../model/preview';

/** A preview that keeps a newer one waiting for longer is given up. */
const patienceMs = 800;

/** What there is of the pinned dataset. */
export interface Pinned {
  inspection?: Inspection;
  /** The same with what takes longer to find out, as far as that is known. */
  reading?: Reading;
  /** Why there is none. */
  failure?: CoreError;
}

interface Wanted {
  key: string;
  request: PreviewRequest;
}

/**
 * Keeps the pinned settings' preview: asked for when they change, not with every change of the
 * others, in a worker of its own, so that neither waits for the other.
 */
export class PinnedPreview {
  readonly #description: Description;
  readonly #changed: () => void;
  readonly #ask: (wanted: Wanted) => void;
  #client: CoreClient | undefined;
  #key: string | undefined;
  #pinned: Pinned | undefined;

  /** `changed` hears when `pinned` has. */
  constructor(description: Description, changed: () => void) {
    this.#description = description;
    this.#changed = changed;
    this.#ask = latest(
      (wanted: Wanted) => this.#make(wanted),
      () => {},
      () => {},
      { ms: patienceMs, abandon: () => this.#client?.restart() },
    );
  }

  /** Undefined while nothing is pinned; empty while it is being made. */
  get pinned(): Pinned | undefined {
    return this.#pinned;
  }

  /** Sees to it that what is there, or is being made, is what the state has pinned. */
  follow({ pinned, view }: State): void {
    const { split, from } = view;
    const key = pinned && JSON.stringify([pinned, split, from]);
    if (key === this.#key) return;
    this.#key = key;
    // Another part of the same dataset replaces the one in view when it is there.
    const hasData = pinned !== undefined && this.#pinned?.inspection !== undefined;
    if (!hasData) this.#pinned = pinned && {};
    if (!pinned || key === undefined) return;
    const config = activeConfig({ config: pinned, view }, this.#description.parameters);
    this.#ask({ key, request: { config, split, from } });
  }

  async #make({ key, request }: Wanted): Promise<void> {
    this.#client ??= new CoreClient();
    try {
      const preview = await this.#client.call('preview', request);
      const inspection = inspect(preview, this.#description.measures);
      this.#set(key, { inspection, reading: inspection });
      const detail = await this.#client
        .call('detail', detailRequest(preview))
        .catch(() => undefined);
      this.#set(key, { inspection, reading: withDetail(inspection, detail) });
    } catch (error) {
      // What was given up for something newer is not missed.
      if (error instanceof CoreError && error.kind !== 'cancelled')
        this.#set(key, { failure: error });
    }
  }

  #set(key: string, pinned: Pinned): void {
    if (key !== this.#key) return;
    this.#pinned = pinned;
    this.#changed();
  }
}
