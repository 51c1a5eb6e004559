import { element } from '../../dom/element';
import type { Place } from '../../state/history';

interface UndoActions {
  undo: () => void;
  redo: () => void;
}

/** Whether the keyboard's undo belongs to what is being typed there. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type === 'text';
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Undo and redo of committed changes, as buttons and as the keys that mean them everywhere. */
export class UndoButtons {
  readonly element: HTMLElement;
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;

  constructor(actions: UndoActions) {
    this.#undo = this.#button('Undo', 'Undo (Ctrl+Z)', '↶', actions.undo);
    this.#redo = this.#button('Redo', 'Redo (Ctrl+Shift+Z)', '↷', actions.redo);
    this.element = element('div', { class: 'undo' }, this.#undo, this.#redo);
    this.show({ canUndo: false, canRedo: false });
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) actions.redo();
      else actions.undo();
    });
  }

  show({ canUndo, canRedo }: Place): void {
    this.#undo.disabled = !canUndo;
    this.#redo.disabled = !canRedo;
  }

  #button(label: string, title: string, text: string, act: () => void): HTMLButtonElement {
    return element(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': label, title, on: { click: act } },
      text,
    );
  }
}
