import type { Preset } from 'synthgen';

import { isCustom } from '../model/custom_family';
import { withFloor, type Floor } from '../model/floor';
import type { Inspection } from '../model/inspection';
import type { Reading } from '../model/reading';
import { CoreClient, fullWorker } from '../worker/client';
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

  constructor(show: (reading: Reading) => void, offer: (presets: readonly Preset[]) => void) {
    this.#show = show;
    this.#offer = offer;
    this.#ask = latest(
      (wanted) => this.#floorOf(wanted),
      ({ of, floor }, isNewest) => this.#take(of, floor, isNewest),
      (_error, isNewest) => {
        if (isNewest && this.#newest) this.#take(this.#newest, undefined, true);
      },
      { ms: patienceMs, abandon: () => this.#core?.restart() },
    );
  }

  /** Newer data is in view, whose details are not known yet. */
  wait(): void {
    clearTimeout(this.#timer);
    this.#newest = undefined;
  }

  /** Shows the reading again, with its floor, if it is still the newest by then. */
  follow(wanted: Wanted): void {
    clearTimeout(this.#timer);
    this.#newest = wanted;
    this.#timer = setTimeout(() => this.#ask(wanted), restMs);
  }

  async #floorOf(of: Wanted): Promise<{ of: Wanted; floor: Floor | undefined }> {
    this.#core ??= new CoreClient(fullWorker);
    if (!this.#hasPresets) {
      this.#offer(await this.#core.call('presets', null));
      this.#hasPresets = true;
    }
    // The whole module does not run the visitor's code.
    const hasFloor = !isCustom({ config: of.inspection.preview.config });
    const floor = hasFloor
      ? await this.#core.call('floor', floorRequest(of.inspection))
      : undefined;
    return { of, floor };
  }

  #take(of: Wanted, floor: Floor | undefined, isNewest: boolean): void {
    if (!isNewest || of !== this.#newest) return;
    const { reading } = of;
    this.#show(floor ? withFloor(reading, floor) : { ...reading, awaitsFloor: false });
  }
}
