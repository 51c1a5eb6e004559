import type { Family } from 'synthgen';

import { element } from '../../dom/element';
import type { Place } from '../../state/history';
import { Segmented } from '../../dom/controls';
import { themeButton } from './theme_button';
import { UndoButtons } from './undo_buttons';

export interface HeaderActions {
  setFamily: (family: string) => void;
  openFile: () => void;
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
    const { setFamily, openFile, download, themeChanged } = actions;
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
      element('div', { class: 'family-bar' }, this.#families.element),
      element(
        'div',
        { class: 'header-actions' },
        this.#undo.element,
        element('a', { href: './reference.html' }, 'Reference'),
        themeButton(themeChanged),
        element('button', { type: 'button', on: { click: openFile } }, 'Open file'),
        this.#download,
      ),
    );
  }

  show(family: string, canDownload: boolean): void {
    this.#families.show(family);
    this.#download.disabled = !canDownload;
  }

  showPlace(place: Place): void {
    this.#undo.show(place);
  }
}
