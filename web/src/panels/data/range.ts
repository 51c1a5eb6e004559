import { Segmented } from '../../dom/controls';
import { element } from '../../dom/element';
import { iconButton } from '../../dom/icon_button';
import { numberText, parseNumber } from '../../model/value_text';
import type { Preview } from '../../model/preview';
import { lastIndex, splits, withView, type View, type Store } from '../../state/state';

/** Where the view starts one page later or earlier: never beyond the split's last page. */
export function pageAfter(
  from: number,
  direction: -1 | 1,
  { splitSize, pageSize }: Pick<Preview, 'splitSize' | 'pageSize'>,
): number {
  const lastPage = Math.max(0, Math.floor((splitSize - 1) / pageSize) * pageSize);
  return Math.max(0, Math.min(lastPage, from + direction * pageSize));
}

/** Which sequences are shown: the split, and the index of the first. */
export class RangeControls {
  readonly element: HTMLElement;
  readonly error = element('p', { class: 'field-error', id: 'from-error', hidden: true });
  readonly #store: Store;
  readonly #split: Segmented<View['split']>;
  readonly #from: HTMLInputElement;
  readonly #earlier = iconButton('Earlier sequences', '‹', () => this.turn(-1));
  readonly #later = iconButton('Later sequences', '›', () => this.turn(1));
  #part = { splitSize: 1, pageSize: 1 };

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
        this.#earlier,
        this.#from,
        this.#later,
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

  /** Takes up which part of the split is in view: where its pages end, and how long they are. */
  showPart({ from, splitSize, pageSize, file }: Preview): void {
    this.#split.element.hidden = file !== undefined;
    this.#part = { splitSize, pageSize };
    this.#earlier.disabled = from === 0;
    this.#later.disabled = from + pageSize >= splitSize;
  }

  /** Goes to the next or the last page, as far as there are any. */
  turn(direction: -1 | 1): void {
    this.#goTo(pageAfter(this.#store.state.view.from, direction, this.#part));
  }

  #commit(view: Partial<View>): void {
    this.#store.set(withView(this.#store.state, view), 'commit');
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
