import { element } from '../src/dom/element';

/** A place for a part that is loaded when it is first shown. */
export class LazyPlace<Part extends { element: HTMLElement }> {
  readonly element = element('div', { hidden: true });
  readonly #load: () => Promise<Part>;
  #part: Promise<Part | undefined> | undefined;
  #show: ((part: Part) => void) | undefined;
  loaded: Part | undefined;

  constructor(load: () => Promise<Part>) {
    this.#load = load;
  }

  /** Shows the part; if it is still on the way, the newest `show` counts. */
  async show(show: (part: Part) => void): Promise<void> {
    this.#show = show;
    this.#part ??= this.#load().catch(() => (this.#part = undefined));
    const part = await this.#part;
    if (!part) return;
    if (!this.loaded) {
      this.loaded = part;
      this.element.append(part.element);
      this.element.hidden = false;
    }
    this.#show?.(part);
    this.#show = undefined;
  }
}
