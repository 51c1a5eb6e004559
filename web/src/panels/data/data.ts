import { Segmented } from '../../dom/controls';
import { element } from '../../dom/element';
import type { Inspection } from '../../model/inspection';
import type { Preview } from '../../model/preview';
import { colorings, looks, withPin, withView, type Store, type View } from '../../state/state';
import { titleOf } from './part_of_split';
import { RangeControls } from './range';
import { SequencesView } from './sequences';

/** The sequences, and the controls for what is shown of them. */
export class DataPanel {
  readonly element: HTMLElement;
  readonly sequences: SequencesView;
  readonly #title = element('h2', { id: 'data-title' }, 'Sequences');
  readonly #range: RangeControls;
  readonly #coloring: Segmented<View['coloring']>;
  readonly #look: Segmented<View['look']>;
  readonly #pin: HTMLButtonElement;

  /**
   * `goToField` brings the field of a parameter into view; `visit` hears of each sequence that is
   * pointed at.
   */
  constructor(
    store: Store,
    goToField: (key: string) => void,
    visit: (preview: Preview, row: number | undefined) => void,
  ) {
    const commit = (view: Partial<View>) => store.set(withView(store.state, view), 'commit');
    this.sequences = new SequencesView(store.state.view, {
      visit,
      moved: (address) => store.set(withView(store.state, address), 'move'),
      waysBack: {
        toFirst: () => commit({ from: 0 }),
        toSize: (split) => goToField(`num_${split}`),
      },
    });
    this.#range = new RangeControls(store);
    this.#pin = element(
      'button',
      {
        type: 'button',
        class: 'data-pin',
        title: 'Keep these settings as A, and compare later changes with them',
        on: { click: () => store.set(withPin(store.state), 'commit') },
      },
      'Pin as A',
    );
    this.#coloring = new Segmented('Colour by', colorings, (coloring) => commit({ coloring }));
    this.#look = new Segmented('Show as', looks, (look) => commit({ look }));
    this.element = element(
      'section',
      { class: 'card data', 'aria-labelledby': 'data-title' },
      element(
        'div',
        { class: 'data-head' },
        this.#title,
        element(
          'div',
          { class: 'data-controls' },
          this.#coloring.element,
          this.#look.element,
        ),
        this.#pin,
        this.#range.element,
      ),
      this.#range.error,
      this.sequences.about,
      this.sequences.body,
      this.sequences.foot,
    );
  }

  /** Shows the view's choices in the controls, and the current data by them. */
  showView(view: View): void {
    this.#range.showView(view);
    this.#look.show(view.look);
    this.#coloring.element.hidden = view.look === 'text';
    this.sequences.showView(view);
    this.#coloring.show(this.sequences.coloring);
  }

  /** Whether the settings can be pinned as they are. */
  allowPin(isAllowed: boolean): void {
    this.#pin.disabled = !isAllowed;
  }

  /** Shows the data of the form's settings, and that of the pinned settings next to it. */
  show(inspection: Inspection, pinned: Inspection | undefined): void {
    this.#title.textContent = titleOf(inspection);
    this.#range.showPart(inspection.preview);
    this.sequences.show(inspection, pinned);
    this.#coloring.show(this.sequences.coloring);
  }

  /** Shows the next or the last page of sequences, if there is one. */
  turn(direction: -1 | 1): void {
    this.#range.turn(direction);
  }

  /** Pins the settings, if that is allowed. */
  pin(): void {
    this.#pin.click();
  }
}
