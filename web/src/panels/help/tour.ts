import { element, setText, uniqueId } from '../../dom/element';

const steps: { title: string; text: string; target: string }[] = [
  {
    title: 'Choose a family',
    text: 'Each family makes another kind of structure: patterns, hierarchies, recall, hidden states. Its parameters are below.',
    target: '.scroll-row',
  },
  {
    title: 'Change a parameter',
    text: 'Everything on the page follows at once. The question mark next to a parameter explains it; the presets are a place to start.',
    target: '.settings',
  },
  {
    title: 'See the structure',
    text: 'Each row is a sequence and each column a position. A colour says why a token is there; point at one to read more.',
    target: '.data',
  },
  {
    title: 'Check and take it',
    text: 'Numbers and charts show what was measured against what the settings predict. Download makes the files, and the address of the page is a link to all of it.',
    target: '.numbers',
  },
];

const storageKey = 'synthgen-tour';

/** Whether the visitor has seen the tour, or its end cannot be remembered. */
export function hasSeenTour(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return true;
  }
}

/** Four steps through the page; closed once, it never comes by itself again. */
export class Tour {
  readonly element: HTMLDialogElement;
  readonly #title = element('h2', { id: uniqueId('tour') });
  readonly #text = element('p', { id: uniqueId('tour-text') });
  readonly #place = element('span', { class: 'tour-place' });
  readonly #back: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  #step = 0;
  #before: Element | null = null;

  constructor() {
    const button = (text: string, click: () => void, className?: string) =>
      element('button', { type: 'button', class: className, on: { click } }, text);
    this.#back = button('Back', () => this.#go(this.#step - 1));
    this.#next = button('Next', () => this.#go(this.#step + 1), 'primary');
    this.element = element(
      'dialog',
      {
        class: 'tour',
        'aria-labelledby': this.#title.id,
        'aria-describedby': this.#text.id,
        on: {
          close: () => this.#leave(),
          keydown: (event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            this.element.close();
          },
        },
      },
      this.#title,
      this.#text,
      element(
        'div',
        { class: 'button-row' },
        this.#place,
        button('Skip the tour', () => this.element.close(), 'quiet-button'),
        this.#back,
        this.#next,
      ),
    );
  }

  /** Starts with the first step. It does not block the page, so that each step can be tried. */
  open(): void {
    this.#before = document.activeElement;
    if (!this.element.open) this.element.show();
    this.#go(0);
    this.#next.focus();
  }

  #go(step: number): void {
    const shown = steps[step];
    if (!shown) return this.element.close();
    this.#step = step;
    setText(this.#title, shown.title);
    setText(this.#text, shown.text);
    setText(this.#place, `${step + 1} of ${steps.length}`);
    setText(this.#next, step + 1 === steps.length ? 'Done' : 'Next');
    this.#back.disabled = step === 0;
    this.#mark(shown.target);
  }

  /** Outlines the part of the page that the step is about. */
  #mark(selector: string | undefined): void {
    document.querySelector('.tour-target')?.classList.remove('tour-target');
    const target = selector === undefined ? null : document.querySelector(selector);
    if (!target?.checkVisibility()) return;
    target.classList.add('tour-target');
    target.scrollIntoView({ block: 'nearest' });
  }

  #leave(): void {
    this.#mark(undefined);
    try {
      localStorage.setItem(storageKey, 'seen');
    } catch {
      // Then it does not come by itself either.
    }
    if (this.#before instanceof HTMLElement) this.#before.focus();
  }
}
