/** How often a watch looks within the time that it allows. */
const looks = 8;

/**
 * Calls `stuck` when nothing was heard for a while. It counts its own looks rather than time: a page
 * that stood still itself has then heard what came meanwhile before it looks again.
 */
export class Watch {
  readonly #stuck: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #quietLooks = 0;

  constructor(stuck: () => void) {
    this.#stuck = stuck;
  }

  start(ms: number): void {
    this.stop();
    this.heard();
    this.#timer = setInterval(() => {
      this.#quietLooks += 1;
      if (this.#quietLooks < looks) return;
      this.stop();
      this.#stuck();
    }, ms / looks);
  }

  heard(): void {
    this.#quietLooks = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
