import { element, fill } from '../../dom/element';
import { isCustom } from '../../model/custom_family';
import type { State, Store } from '../../state/state';
import type { CoreError } from '../../worker/client';
import type { Custom } from './custom';

/** The editor's place on the page; the editor is loaded when the family custom is first chosen. */
export class EditorPlace {
  readonly element = element('div', { class: 'editor-place', hidden: true });
  readonly #store: Store;
  #loading: Promise<Custom> | undefined;
  #loaded: Custom | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  load(): Promise<Custom> {
    this.#loading ??= import('./custom').then(({ Custom }) => {
      this.#loaded = new Custom(this.#store);
      fill(this.element, this.#loaded.element);
      this.show(this.#store.state, undefined);
      return this.#loaded;
    });
    this.#loading.catch(() => (this.#loading = undefined));
    return this.#loading;
  }

  get loaded(): Custom | undefined {
    return this.#loaded;
  }

  /**
   * Shows the code and what is wrong with it; false if the editor is not on the page. Code runs no
   * longer than its family is chosen.
   */
  show(state: State, failure: CoreError | undefined): boolean {
    this.element.hidden = !isCustom(state);
    if (this.element.hidden) this.#loaded?.restart();
    if (this.element.hidden || this.#loaded === undefined) return false;
    this.#loaded.show(state, failure);
    return true;
  }
}
