import type { Family } from 'synthgen';

import { Segmented } from '../../dom/controls';
import { element } from '../../dom/element';
import { iconButton } from '../../dom/icon_button';
import { isTyping } from '../../dom/typing';
import type { Place } from '../../state/history';

interface UndoActions {
  undo: () => void;
  redo: () => void;
}

/** Undo and redo of committed changes, as buttons and as the keys that mean them everywhere. */
export class UndoButtons {
  readonly element: HTMLElement;
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;

  constructor(actions: UndoActions) {
    this.#undo = iconButton('Undo', '↶', actions.undo, { title: 'Undo (Ctrl+Z)' });
    this.#redo = iconButton('Redo', '↷', actions.redo, { title: 'Redo (Ctrl+Shift+Z)' });
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
}

const storageKey = 'synthgen-theme';
type Theme = 'light' | 'dark';

function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined; // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // As above.
  }
}

/** Switches between light and dark; until it is used the system's choice holds. */
export function themeButton(changed: () => void): HTMLButtonElement {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const current = (): Theme => {
    const chosen = document.documentElement.dataset['theme'];
    return chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light';
  };
  const toggle = () => {
    const next = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    store(next);
    show();
    changed();
  };
  const button = iconButton('', '', toggle, { class: 'theme-button' });
  const show = () => {
    const label = current() === 'dark' ? 'Light colours' : 'Dark colours';
    button.textContent = current() === 'dark' ? '☀' : '☾';
    button.setAttribute('aria-label', label);
    button.title = label;
  };
  const chosen = stored();
  if (chosen) document.documentElement.dataset['theme'] = chosen;
  system.addEventListener('change', () => {
    show();
    changed();
  });
  show();
  return button;
}

export interface HeaderActions {
  setFamily: (family: string) => void;
  openFile: () => void;
  help: () => void;
  share: () => void;
  download: () => void;
  themeChanged: () => void;
  undo: () => void;
  redo: () => void;
}

/** The bar that never leaves: the families, the theme, the way out with the data. */
export class Header {
  readonly element: HTMLElement;
  readonly #families: Segmented<string>;
  readonly #download: HTMLButtonElement;

  readonly #undo: UndoButtons;

  constructor(families: readonly Family[], actions: HeaderActions) {
    const { setFamily, openFile, help, share, download, themeChanged } = actions;
    const names = families.map(({ name }) => name);
    this.#families = new Segmented('Family', names, setFamily, 'families');
    this.#undo = new UndoButtons(actions);
    this.#download = element(
      'button',
      { type: 'button', class: 'primary', on: { click: download } },
      'Download',
    );
    this.element = element(
      'header',
      { class: 'header' },
      element('h1', {}, 'synthgen'),
      element('p', { class: 'tagline' }, 'sequences whose structure is known'),
      element(
        'div',
        { class: 'scroll-row' },
        element('div', { class: 'family-bar' }, this.#families.element),
      ),
      element(
        'div',
        { class: 'header-actions' },
        this.#undo.element,
        element('a', { href: './guide/quick-start.html' }, 'Guide'),
        element('a', { href: './reference.html' }, 'Reference'),
        themeButton(themeChanged),
        iconButton('Shortcuts and tour', '?', help),
        element('button', { type: 'button', on: { click: openFile } }, 'Open file'),
        element('button', { type: 'button', on: { click: share } }, 'Share'),
        this.#download,
      ),
    );
  }

  /** `reason` says why there is nothing to download. */
  show(family: string, canDownload: boolean, reason: string | undefined): void {
    // With the next frame, which lays out the page in any case: here it would be once more.
    if (this.#families.show(family)) requestAnimationFrame(() => this.#families.reveal());
    this.#download.disabled = !canDownload;
    this.#download.title = canDownload ? '' : (reason ?? '');
  }

  showPlace(place: Place): void {
    this.#undo.show(place);
  }
}
