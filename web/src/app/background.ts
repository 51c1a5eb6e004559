import type { Preset } from 'synthgen';

import { isCustom } from '../model/custom_family';
import { measuredNumbers, withExpectations } from '../model/expected';
import { withFloor, type Floor } from '../model/floor';
import type { Inspection } from '../model/inspection';
import type { Reading } from '../model/reading';
import { CoreClient } from '../worker/client';
import { fullWorker } from '../worker/core_workers';
import { latest } from '../worker/latest';
import type { FloorRequest } from '../worker/messages';

/** How long the newest data has to stay before its floor is computed. */
const restMs = 500;
/** A floor that keeps a newer one waiting for longer than this is given up. */
const patienceMs = 4000;
/** The exact law costs up to thousands of operations for a token. */
const mostTokens = 2 ** 15;

/** What the whole module needs to know to compute the floor of what is in view. */
export function floorRequest({ preview }: Inspection): FloorRequest {
  const { config, split, from, offsets } = preview;
  const rows = offsets.length - 1;
  let count = Math.min(1, rows);
  while (count < rows && (offsets[count + 1] ?? 0) <= mostTokens) count += 1;
  return { config, split, from, count };
}

interface Wanted {
  inspection: Inspection;
  reading: Reading;
}

/**
 * What the page learns from the whole module once it rests: the presets of papers, and the floor of
 * the data in view. The module is loaded for that, in a worker of its own.
 */
export class Background {
  readonly #show: (reading: Reading) => void;
  readonly #offer: (presets: readonly Preset[]) => void;
  readonly #ask: (wanted: Wanted) => void;
  #core: CoreClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest: Wanted | undefined;
  #hasPresets = false;
  /** Whether expectations are being computed, which takes longest. */
  #isExpecting = false;

  constructor(show: (reading: Reading) => void, offer: (presets: readonly Preset[]) => void) {
    this.#show = show;
    this.#offer = offer;
    this.#ask = latest(
      (wanted) => this.#complete(wanted),
      () => {},
      (_error, isNewest) => {
        if (isNewest && this.#newest) this.#take(this.#newest, undefined);
      },
      { ms: patienceMs, abandon: () => this.#core?.restart() },
    );
  }

  /** Newer data is in view, whose details are not known yet. */
  wait(): void {
    clearTimeout(this.#timer);
    this.#newest = undefined;
    if (this.#isExpecting) this.#core?.restart();
  }

  /** Shows the reading again, with its floor, if it is still the newest by then. */
  follow(wanted: Wanted): void {
    clearTimeout(this.#timer);
    this.#newest = wanted;
    this.#timer = setTimeout(() => this.#ask(wanted), restMs);
  }

  /** Shows the reading with its floor, and then with all that is expected of it. */
  async #complete(of: Wanted): Promise<void> {
    this.#core ??= new CoreClient(fullWorker);
    if (!this.#hasPresets) {
      this.#offer(await this.#core.call('presets', null));
      this.#hasPresets = true;
    }
    const { preview } = of.inspection;
    // The whole module does not run the visitor's code.
    if (isCustom({ config: preview.config })) {
      this.#take(of, undefined);
      return;
    }
    const reading = this.#take(of, await this.#core.call('floor', floorRequest(of.inspection)));
    if (reading) await this.#expect(of, reading);
  }

  /** Shows what is expected of as many sequences as the reading is of, where it has no closed form. */
  async #expect(of: Wanted, reading: Reading): Promise<void> {
    const { config, split, from, offsets } = of.inspection.preview;
    const count = offsets.length - 1;
    const report = measuredNumbers(reading);
    this.#isExpecting = true;
    const expected = await this.#core
      ?.call('expected', { config, split, from, count, report })
      // Cancelled, or out of memory: the closed forms stay.
      .catch(() => undefined);
    this.#isExpecting = false;
    if (expected && of === this.#newest) this.#show(withExpectations(reading, expected));
  }

  /** Shows the reading with its floor unless there is a newer one; gives what is shown. */
  #take(of: Wanted, floor: Floor | undefined): Reading | undefined {
    if (of !== this.#newest) return undefined;
    const { reading } = of;
    const shown = floor ? withFloor(reading, floor) : { ...reading, awaitsFloor: false };
    this.#show(shown);
    return shown;
  }
}
