/** A part of the page that is loaded when it is first needed. */
export class LazyPanel<Part> {
  readonly #load: () => Promise<Part>;
  readonly #put: (part: Part) => void;
  readonly #failed: () => void;
  #loading: Promise<Part | undefined> | undefined;
  #part: Part | undefined;

  /** `put` adds the loaded part to the page; `failed` hears that it could not be loaded. */
  constructor(load: () => Promise<Part>, put: (part: Part) => void, failed: () => void) {
    this.#load = load;
    this.#put = put;
    this.#failed = failed;
  }

  /** The part; undefined while it is not loaded. */
  get loaded(): Part | undefined {
    return this.#part;
  }

  /** Loads the part if needed; undefined if that fails, and the next call tries again. */
  get(): Promise<Part | undefined> {
    this.#loading ??= this.#load().then(
      (part) => {
        this.#part = part;
        this.#put(part);
        return part;
      },
      () => {
        this.#loading = undefined;
        this.#failed();
        return undefined;
      },
    );
    return this.#loading;
  }
}
