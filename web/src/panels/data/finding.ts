import '../../theme/finding.css';

import { element, setText } from '../../dom/element';
import { iconButton } from '../../dom/icon_button';
import { formatCount } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import type { Preview } from '../../model/preview';
import { find, type Found, type Selection } from '../../model/selection';
import type { Cell } from '../raster/geometry';

interface Listeners {
  /** Called when other tokens are chosen, or none. */
  changed: () => void;
  /** Goes to a cell of the current data. */
  goTo: (cell: Cell) => void;
}

/** The cell of a token, by its index in the preview. */
function cellOf({ offsets }: Preview, index: number): Cell {
  let row = 0;
  while (row + 2 < offsets.length && (offsets[row + 1] ?? 0) <= index) row += 1;
  return { row, column: index - (offsets[row] ?? 0) };
}

/** What the visitor looks for in the data: says how much of it there is, and goes from place to place. */
export class Finding {
  readonly element: HTMLElement;
  readonly #listeners: Listeners;
  readonly #words = element('p', { role: 'status' });
  readonly #place = element('span', { class: 'finding-place' });
  readonly #steps: HTMLElement;
  readonly #found = new WeakMap<Inspection['preview'], Found>();
  #selection: Selection | undefined;
  #current: Preview | undefined;
  /** The place that was gone to; −1 before the first. */
  #at = -1;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    const step = (label: string, sign: string, by: number) =>
      iconButton(label, sign, () => this.#step(by));
    this.#steps = element(
      'div',
      { class: 'finding-steps' },
      step('Previous place', '‹', -1),
      this.#place,
      step('Next place', '›', 1),
    );
    this.element = element(
      'div',
      { class: 'finding', hidden: true },
      this.#words,
      this.#steps,
      element(
        'button',
        { type: 'button', class: 'quiet-button', on: { click: () => this.choose(undefined) } },
        'Show all',
      ),
    );
  }

  get selection(): Selection | undefined {
    return this.#selection;
  }

  /** Looks for something else; for nothing if it is what was looked for already. */
  choose(selection: Selection | undefined): void {
    const isSame = JSON.stringify(selection) === JSON.stringify(this.#selection);
    this.#selection = isSame ? undefined : selection;
    this.#at = -1;
    this.element.hidden = this.#selection === undefined;
    if (this.#current) this.#found.delete(this.#current);
    this.#listeners.changed();
  }

  /** 1 for each token that is looked for; undefined while none is. */
  marksIn({ preview }: Inspection): Uint8Array | undefined {
    return this.#selection && find(this.#selection, preview).cells;
  }

  /** Says what there is in the current data. */
  show({ preview }: Inspection): void {
    if (preview !== this.#current) this.#at = -1;
    this.#current = preview;
    const found = this.#foundIn(preview);
    if (!found) return;
    setText(this.#words, found.words);
    this.#steps.hidden = found.places.length === 0;
    this.#showPlace(found);
  }

  #foundIn(preview: Preview): Found | undefined {
    if (!this.#selection) return undefined;
    const found = this.#found.get(preview) ?? find(this.#selection, preview);
    this.#found.set(preview, found);
    return found;
  }

  #showPlace({ places }: Found): void {
    const at = this.#at < 0 ? '–' : formatCount(this.#at + 1);
    setText(this.#place, `${at} / ${formatCount(places.length)}`);
  }

  #step(by: number): void {
    const preview = this.#current;
    const found = preview && this.#foundIn(preview);
    if (!found || found.places.length === 0) return;
    const count = found.places.length;
    this.#at = this.#at < 0 && by < 0 ? count - 1 : (this.#at + by + count) % count;
    this.#showPlace(found);
    this.#listeners.goTo(cellOf(preview, found.places[this.#at] ?? 0));
  }
}
