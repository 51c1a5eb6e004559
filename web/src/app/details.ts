import type { Preset } from 'synthgen';

import type { Inspection } from '../model/inspection';
import { CoreClient } from '../worker/client';
import { coreWorker } from '../worker/core_workers';
import { latest } from '../worker/latest';
import type { Detail } from '../worker/messages';
import type { Reading } from '../model/reading';
import type { Background } from './background';
import { detailRequest, withDetail } from './detail';

/** How long the newest data has to stay before its details are computed. */
const restMs = 120;

/**
 * Shows each reading at once, and again with its slow measures when the visitor pauses, and with its
 * floor. These are computed in workers of their own, which start on first use, so that previews never
 * wait for them.
 */
export class Details {
  readonly #show: (reading: Reading) => void;
  readonly #offerPresets: (presets: readonly Preset[]) => void;
  /** Loaded when there are details to show. */
  #background: Promise<Background> | undefined;
  readonly #ask: (inspection: Inspection) => void;
  #core: CoreClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest: Inspection | undefined;

  constructor(
    show: (reading: Reading) => void,
    offerPresets: (presets: readonly Preset[]) => void,
  ) {
    this.#show = show;
    this.#offerPresets = offerPresets;
    const complete = (detail: Detail | undefined, isNewest: boolean) => {
      if (!isNewest || !this.#newest) return;
      const reading = withDetail(this.#newest, detail);
      this.#show(reading);
      void this.#follow(this.#newest, reading);
    };
    this.#ask = latest(
      (inspection) => this.#detailOf(inspection),
      ({ of, detail }, isNewest) => complete(detail, isNewest && of === this.#newest),
      (_error, isNewest) => complete(undefined, isNewest),
    );
  }

  /** `known` is the complete reading of data that was measured already. */
  show(inspection: Inspection, known?: Reading): void {
    this.#newest = known ? undefined : inspection;
    void this.#background?.then((background) => background.wait());
    clearTimeout(this.#timer);
    this.#show(known ?? inspection);
    if (known) return;
    this.#timer = setTimeout(() => this.#ask(inspection), restMs);
  }

  async #follow(inspection: Inspection, reading: Reading): Promise<void> {
    this.#background ??= import('./background').then(
      (loaded) => new loaded.Background(this.#show, this.#offerPresets),
    );
    const background = await this.#background.catch(() => undefined);
    if (!background) this.#background = undefined;
    if (inspection === this.#newest) background?.follow({ inspection, reading });
  }

  async #detailOf(inspection: Inspection): Promise<{ of: Inspection; detail: Detail }> {
    this.#core ??= new CoreClient(coreWorker);
    const detail = await this.#core.call('detail', detailRequest(inspection.preview));
    return { of: inspection, detail };
  }
}
