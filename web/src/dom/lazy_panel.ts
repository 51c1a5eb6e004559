/** A part of the page that is loaded when it is first wanted. */
export class Later<Part extends { readonly element: HTMLElement }> {
  readonly #load: () => Promise<Part>;
  readonly #put: (element: HTMLElement) => void;
  #loading: Promise<Part> | undefined;
  #part: Part | undefined;

  /** `put` puts it on the page. */
  constructor(put: (element: HTMLElement) => void, load: () => Promise<Part>) {
    this.#put = put;
    this.#load = load;
  }

  /** The part, once it is there. */
  get loaded(): Part | undefined {
    return this.#part;
  }

  /** Rejects where it cannot be loaded; the next time tries again. */
  get(): Promise<Part> {
    this.#loading ??= this.#load().then((part) => {
      this.#part = part;
      this.#put(part.element);
      return part;
    });
    this.#loading.catch(() => (this.#loading = undefined));
    return this.#loading;
  }
}
