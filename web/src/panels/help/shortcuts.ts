import { dialogOf } from '../../dom/dialog';
import { element } from '../../dom/element';
import { isTyping } from '../../dom/typing';

/** A key that acts wherever nothing is being typed. */
export interface Shortcut {
  key: string;
  /** What it does, in words. */
  does: string;
  act: () => void;
}

/** Keys that parts of the page take when they have the focus; they cannot be switched off. */
const others: [keys: string, does: string][] = [
  ['← → ↑ ↓', 'move from token to token in the raster, and a slider by a step'],
  ['+ − 0', 'zoom the raster in, out, and to fit'],
  ['Ctrl Z, Ctrl Shift Z', 'undo and redo'],
  ['Escape', 'close what is open'],
];

const storageKey = 'synthgen-shortcuts';

function areStoredOff(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'off';
  } catch {
    return false; // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function store(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, 'off');
  } catch {
    // As above.
  }
}

/** Shortcuts of one character, their list, and the switch that turns them off. */
export class Shortcuts {
  readonly element: HTMLDialogElement;
  #isOn = !areStoredOff();

  constructor(shortcuts: readonly Shortcut[], takeTour: () => void) {
    const all: readonly Shortcut[] = [
      { key: '?', does: 'list the shortcuts', act: () => this.open() },
      ...shortcuts,
    ];
    const row = (keys: string, does: string) => [
      element('dt', {}, element('kbd', {}, keys)),
      element('dd', {}, does),
    ];
    const isOn = element('input', {
      type: 'checkbox',
      id: 'shortcuts-on',
      checked: this.#isOn,
      on: {
        change: () => {
          this.#isOn = isOn.checked;
          store(this.#isOn);
        },
      },
    });
    this.element = dialogOf(
      'Keyboard shortcuts',
      'shortcuts-dialog',
      element('dl', {}, ...all.flatMap(({ key, does }) => row(key, does))),
      element(
        'div',
        { class: 'check-row' },
        isOn,
        element('label', { for: 'shortcuts-on' }, 'These keys act wherever nothing is being typed'),
      ),
      element('dl', {}, ...others.flatMap(([keys, does]) => row(keys, does))),
      element(
        'div',
        { class: 'button-row' },
        element(
          'button',
          {
            type: 'button',
            on: {
              click: () => {
                this.element.close();
                takeTour();
              },
            },
          },
          'Take the tour',
        ),
      ),
    );
    document.addEventListener('keydown', (event) => {
      const found = all.find(({ key }) => key === event.key);
      if (!found || !this.#isOn || event.defaultPrevented || !isFree(event)) return;
      event.preventDefault();
      found.act();
    });
  }

  open(): void {
    if (!this.element.open) this.element.showModal();
  }
}

/** Whether a key press is nobody else's. */
function isFree({ target, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || isComposing || isTyping(target)) return false;
  // Letters choose among the options of a list.
  if (target instanceof HTMLSelectElement) return false;
  return document.querySelector('dialog[open]:modal') === null;
}
