import { element } from '../../dom/element';

/** The form's place: a column next to the data, or on a phone a sheet that a button opens. */
export class FormSheet {
  readonly element: HTMLElement;
  /** Holds the button; only phones show it. */
  readonly bar: HTMLElement;
  readonly #page: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #showData: () => void;

  /** `page` gets the class `sheet-open`; `showData` brings what the form changes into sight. */
  constructor(form: HTMLElement, page: HTMLElement, showData: () => void) {
    this.#page = page;
    this.#showData = showData;
    this.element = element(
      'aside',
      {
        id: 'settings',
        class: 'card settings',
        'aria-label': 'Settings',
      },
      form,
    );
    this.#button = element('button', {
      type: 'button',
      class: 'primary',
      'aria-controls': this.element.id,
      on: { click: () => (this.#isOpen ? this.#close() : this.open()) },
    });
    this.bar = element('div', { class: 'sheet-bar' }, this.#button);
    this.#toggle(false);
    document.addEventListener('keydown', (event) => {
      const isTaken = event.defaultPrevented || document.querySelector('dialog[open]') !== null;
      if (event.key === 'Escape' && !isTaken) this.#close();
    });
  }

  /** Opens the sheet, if the page is narrow enough to have one. */
  open(): void {
    if (!this.bar.checkVisibility()) return;
    this.#toggle(true);
    this.#showData();
  }

  get #isOpen(): boolean {
    return this.#page.classList.contains('sheet-open');
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#toggle(false);
    this.#button.focus();
  }

  #toggle(open: boolean): void {
    this.#page.classList.toggle('sheet-open', open);
    this.#button.setAttribute('aria-expanded', String(open));
    this.#button.textContent = open ? 'Close parameters' : 'Parameters';
  }
}
