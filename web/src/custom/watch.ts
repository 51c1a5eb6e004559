/** How often a watch checks within the time that it allows. */
const checks = 8;

/**
 * Calls `stuck` when nothing was heard for a while. It counts its own checks instead of time, so that
 * a page that was suspended first receives what arrived meanwhile.
 */
export class Watch {
  readonly #stuck: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #quietChecks = 0;

  constructor(stuck: () => void) {
    this.#stuck = stuck;
  }

  start(ms: number): void {
    this.stop();
    this.heard();
    this.#timer = setInterval(() => {
      this.#quietChecks += 1;
      if (this.#quietChecks < checks) return;
      this.stop();
      this.#stuck();
    }, ms / checks);
  }

  heard(): void {
    this.#quietChecks = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
