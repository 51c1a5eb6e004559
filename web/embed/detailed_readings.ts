import { detailRequest, withDetail } from '../src/app/detail';
import type { Inspection } from '../src/model/inspection';
import type { Reading } from '../src/model/reading';
import { latest } from '../src/worker/latest';
import type { CoreShare } from './shared_core';

/** How long the newest data has to stay before its details are computed. */
const restMs = 120;

/** The floor is left to the playground: it needs the whole module. */
const withoutFloor = (reading: Reading): Reading => ({ ...reading, awaitsFloor: false });

/** Shows each reading at once, and again with its slow measures when the reader pauses. */
export class DetailedReadings {
  readonly #show: (reading: Reading) => void;
  readonly #isNeeded: boolean;
  readonly #ask: (inspection: Inspection) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest: Inspection | undefined;
  #shown: Reading | undefined;

  /** `isNeeded` says whether anything shows the slow measures. */
  constructor(core: CoreShare, isNeeded: boolean, show: (reading: Reading) => void) {
    this.#isNeeded = isNeeded;
    this.#show = show;
    const take = (of: Inspection, reading: Reading) => {
      if (of === this.#newest) this.#take(reading);
    };
    this.#ask = latest(
      async (of: Inspection) => ({
        of,
        detail: await core
          .call('detail', detailRequest(of.preview))
          // Cancelled for newer data, or out of memory: the rest is still good.
          .catch(() => undefined),
      }),
      ({ of, detail }) => take(of, withDetail(withoutFloor(of), detail)),
      () => {},
    );
  }

  show(inspection: Inspection): void {
    this.#newest = inspection;
    clearTimeout(this.#timer);
    const isEmpty = inspection.report.num_sequences === 0;
    if (!this.#isNeeded || isEmpty) {
      this.#take({ ...withoutFloor(inspection), isComplete: true });
      return;
    }
    this.#take(withoutFloor(inspection));
    this.#timer = setTimeout(() => this.#ask(inspection), restMs);
  }

  /** Shows the last reading again, as what it is compared with has changed. */
  again(): void {
    if (this.#shown) this.#show(this.#shown);
  }

  #take(reading: Reading): void {
    this.#shown = reading;
    this.#show(reading);
  }
}
