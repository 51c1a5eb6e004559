import { Segmented } from '../../dom/controls';
import { element } from '../../dom/element';
import { numberText, parseNumber } from '../../model/value_text';
import { lastIndex, splits, withView, type View, type Store } from '../../state/state';

/** Which sequences are shown: the split, and the index of the first. */
export class RangeControls {
  readonly element: HTMLElement;
  readonly error = element('p', { class: 'field-error', id: 'from-error', hidden: true });
  readonly #store: Store;
  readonly #split: Segmented<View['split']>;
  readonly #from: HTMLInputElement;
  #rows = 1;

  constructor(store: Store) {
    this.#store = store;
    this.#split = new Segmented('Split', splits, (split) => this.#commit({ split }));
    this.#from = element('input', {
      id: 'from-index',
      class: 'number-input',
      type: 'text',
      inputmode: 'numeric',
      autocomplete: 'off',
      'aria-describedby': this.error.id,
      on: { change: () => this.#goTo(parseNumber(this.#from.value)) },
    });
    this.element = element(
      'div',
      { class: 'range' },
      this.#split.element,
      element(
        'div',
        { class: 'from' },
        element('label', { for: 'from-index' }, 'from'),
        this.#pageButton('Earlier sequences', '‹', -1),
        this.#from,
        this.#pageButton('Later sequences', '›', 1),
      ),
    );
  }

  showView(view: View): void {
    this.#split.show(view.split);
    if (document.activeElement !== this.#from) this.#show(view.from);
  }

  /** Shows the index; the field grows with it. */
  #show(index: number): void {
    const text = numberText(index);
    this.#from.value = text;
    this.#from.style.width = `${Math.max(12, text.length + 3)}ch`;
  }

  /** How far one page goes. */
  setRows(rows: number): void {
    this.#rows = Math.max(1, rows);
  }

  #commit(view: Partial<View>): void {
    this.#store.set(withView(this.#store.state, view), 'commit');
  }

  #pageButton(label: string, text: string, direction: number): HTMLButtonElement {
    const turn = () => {
      const from = this.#store.state.view.from + direction * this.#rows;
      this.#goTo(Math.min(lastIndex, Math.max(0, from)));
    };
    return element(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click: turn } },
      text,
    );
  }

  #goTo(index: number | string): void {
    const allowed = typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= lastIndex;
    this.error.hidden = allowed;
    if (!allowed) {
      this.#from.setAttribute('aria-invalid', 'true');
      this.error.textContent = `from: got ${JSON.stringify(index)}; allowed: an integer from 0 to ${lastIndex}`;
      return;
    }
    this.#from.removeAttribute('aria-invalid');
    this.#show(index);
    this.#commit({ from: index });
  }
}
