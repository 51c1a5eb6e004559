/** Runs a function after so many frames, unless it is stopped before. */
export class FrameTimer {
  readonly #run: () => void;
  #frame: number | undefined;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** Starts counting, unless it counts already. */
  start(frames: number): void {
    if (this.#frame === undefined) this.#wait(frames);
  }

  stop(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #wait(frames: number): void {
    this.#frame = requestAnimationFrame(() => {
      if (frames > 1) return this.#wait(frames - 1);
      this.#frame = undefined;
      this.#run();
    });
  }
}
