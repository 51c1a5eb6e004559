import { inspect, type Pinned } from '../model/inspection';
import type { OpenFile } from '../model/open_file';
import type { Description, PreviewRequest } from '../model/preview';
import type { State } from '../state/state';
import { CoreError, type CoreClient } from '../worker/client';
import { latest } from '../worker/latest';
import { detailRequest, withDetail } from './detail';
import { patienceMs, requestOf } from './preview_controller';

interface Wanted {
  key: string;
  request: PreviewRequest;
  file: OpenFile | undefined;
}

/** What answers the calls for the pinned settings. */
export type PinnedCore = Pick<CoreClient, 'call' | 'restart'>;

/**
 * Keeps the preview of the pinned settings up to date. It is requested only when they or the view
 * change, and from a worker of its own, so that neither preview waits for the other.
 */
export class PinnedPreview {
  readonly #description: Description;
  readonly #changed: () => void;
  readonly #ask: (wanted: Wanted) => void;
  readonly #connect: () => PinnedCore;
  #client: PinnedCore | undefined;
  #key: string | undefined;
  #pinned: Pinned | undefined;

  /** `changed` is called when `pinned` has changed; `connect` once there is something to pin. */
  constructor(description: Description, changed: () => void, connect: () => PinnedCore) {
    this.#connect = connect;
    this.#description = description;
    this.#changed = changed;
    this.#ask = latest(
      (wanted: Wanted) => this.#make(wanted),
      () => {},
      () => {},
      { ms: patienceMs, abandon: () => this.#client?.restart() },
    );
  }

  /** Undefined while nothing is pinned; empty while its data is on the way. */
  get pinned(): Pinned | undefined {
    return this.#pinned;
  }

  /** Requests the data that the state has pinned, unless it is here or on the way. */
  follow({ pinned, pinnedFile: file, view }: State): void {
    const { split, from } = view;
    const isPinned = pinned !== undefined || file !== undefined;
    const key = isPinned ? JSON.stringify([pinned, file?.id, split, from]) : undefined;
    if (key === this.#key) return;
    this.#key = key;
    // Another part of the same dataset replaces the one in view once it has arrived.
    const hasData = isPinned && this.#pinned?.inspection !== undefined;
    if (!hasData) this.#pinned = isPinned ? {} : undefined;
    if (key === undefined) return;
    this.#ask({ key, file, request: requestOf({ config: pinned ?? {}, view }, this.#description) });
  }

  async #make({ key, request, file }: Wanted): Promise<void> {
    try {
      if (file) {
        const inspection = inspect(await file.preview(request), this.#description.measures);
        this.#set(key, { inspection, reading: file.reading });
        return;
      }
      this.#client ??= this.#connect();
      const preview = await this.#client.call('preview', request);
      const inspection = inspect(preview, this.#description.measures);
      this.#set(key, { inspection, reading: inspection });
      const detail = await this.#client
        .call('detail', detailRequest(preview))
        .catch(() => undefined);
      this.#set(key, { inspection, reading: withDetail(inspection, detail) });
    } catch (error) {
      // What was cancelled for newer settings is no failure.
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
