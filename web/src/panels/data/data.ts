import { Segmented } from '../../dom/controls';
import { element, fill } from '../../dom/element';
import { areAligned, changedTokens } from '../../model/differences';
import { formatCount } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import { kindClass } from '../../model/kinds';
import {
  type Coloring,
  colorings,
  looks,
  openingView,
  withPin,
  withView,
  type View,
  type Store,
} from '../../state/state';
import type { CoreError } from '../../worker/client';
import { farthestRepeat } from '../raster/paint';
import type { Preview } from '../../model/preview';
import type { Selection } from '../../model/selection';
import type { TextView } from '../text/text';
import type { Finding } from './finding';
import type { EmptyView, WaysBack } from './empty_view';
import { titleOf } from './part_of_split';
import { RangeControls } from './range';
import { coloringOf, Rasters } from './rasters';

/** The meaning of the colours in raster and text. */
class Legend {
  readonly element = element('ul', { class: 'legend', 'aria-label': 'Colours' });
  readonly #isolate: (kind: string) => void;
  #shown = '';
  #chosen = '';

  /** `isolate` shows one kind alone. */
  constructor(isolate: (kind: string) => void) {
    this.#isolate = isolate;
  }

  show({ preview, shares }: Inspection, coloring: Coloring, chosen: readonly string[]): void {
    const kinds = shares.map(({ kind }) => kind);
    const key = JSON.stringify([coloring, preview.config['vocab_size'], kinds]);
    if (chosen.join() !== this.#chosen) {
      this.#chosen = chosen.join();
      for (const button of this.element.querySelectorAll('button'))
        button.setAttribute('aria-pressed', String(chosen.includes(button.textContent)));
    }
    // Made again only for other entries, so that the one with the focus stays.
    if (key === this.#shown) return;
    this.#shown = key;
    if (coloring === 'token') {
      const last = formatCount(Number(preview.config['vocab_size']) - 1);
      fill(
        this.element,
        element('li', {}, 'id 0', element('span', { class: 'token-scale' }), last),
      );
      return;
    }
    if (coloring === 'repetition') {
      const first = element('li', { class: 'kind-fresh' });
      first.append(element('span', { class: 'swatch plain' }), 'first time in its sequence');
      const scale = element('span', { class: 'token-scale repetition-scale' });
      const farthest = `${formatCount(farthestRepeat)} or more positions`;
      fill(this.element, first, element('li', {}, 'again after 1', scale, farthest));
      return;
    }
    const swatch = () => element('span', { class: 'swatch' });
    fill(
      this.element,
      ...shares.map(({ kind }) =>
        element(
          'li',
          { class: kindClass(kind) },
          element(
            'button',
            {
              type: 'button',
              'aria-pressed': String(chosen.includes(kind)),
              title: `Show ${kind} alone`,
              on: { click: () => this.#isolate(kind) },
            },
            swatch(),
            kind,
          ),
        ),
      ),
    );
  }
}

/** Why there are no sequences, by the kind of the failure. */
const reasons: Record<string, string> = {
  too_long: 'each would be too long to show',
  unrun: 'the code has not run',
};

function isSamePlace(one: View, other: View): boolean {
  return one.zoom === other.zoom && one.corner === other.corner;
}

/** The sequences as raster or text, and the controls for what is shown of them. */
export class DataPanel {
  readonly element: HTMLElement;
  readonly #rasters: Rasters;
  /** Loaded when it is first looked at. */
  #text: TextView | undefined;
  readonly #legend = new Legend((kind) => void this.select({ of: 'kinds', kinds: [kind] }));
  readonly #placeholder = element('p', { class: 'placeholder' }, 'Generating sequences…');
  /** Loaded when there is nothing else to show. */
  #empty: EmptyView | undefined;
  readonly #waysBack: WaysBack;
  readonly #body: HTMLElement;
  readonly #title = element('h2', { id: 'data-title' }, 'Sequences');
  readonly #about = element(
    'p',
    { class: 'card-subtitle data-about' },
    'Each row is a sequence, each column a position.',
  );
  readonly #range: RangeControls;
  readonly #coloring: Segmented<View['coloring']>;
  readonly #look: Segmented<View['look']>;
  #view: View;
  readonly #pin: HTMLButtonElement;
  #inspection: Inspection | undefined;
  #pinned: Inspection | undefined;

  /** The row of the raster that is pointed at. */
  #visited: number | undefined;
  /** What the visitor looks for; loaded on first use. */
  #finding: Finding | undefined;

  /**
   * `goToField` brings the field of a parameter into view; `visit` hears of each sequence that is
   * pointed at.
   */
  constructor(
    store: Store,
    goToField: (key: string) => void,
    visit: (preview: Preview, row: number | undefined) => void,
  ) {
    this.#rasters = new Rasters({
      visit: (row) => {
        if (this.#view.look === 'both' && row !== undefined) this.#text?.mark(row);
        if (row !== this.#visited && this.#inspection) visit(this.#inspection.preview, row);
        this.#visited = row;
      },
      choose: (cell) => {
        const { offsets, tokens } = this.#inspection!.preview;
        const token = tokens[(offsets[cell.row] ?? 0) + cell.column];
        if (token !== undefined) void this.select({ of: 'ids', ids: [token] });
      },
      moved: (address) => {
        const view = { ...this.#view, ...address };
        if (isSamePlace(view, this.#view)) return;
        // Set before the store calls showView, so that the raster does not move again.
        this.#view = view;
        store.set(withView(store.state, address), 'move');
      },
    });
    for (const part of [this.#rasters.element, this.#rasters.zoomControls]) {
      part.hidden = true;
    }
    const commit = (view: Partial<View>) => store.set(withView(store.state, view), 'commit');
    this.#view = store.state.view;
    if (!isSamePlace(this.#view, openingView)) this.#rasters.address = this.#view;
    this.#range = new RangeControls(store);
    this.#waysBack = {
      toFirst: () => commit({ from: 0 }),
      toSize: (split) => goToField(`num_${split}`),
    };
    this.#body = element(
      'div',
      { class: 'data-body' },
      this.#rasters.element,
      this.#placeholder,
    );
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
      this.#about,
      this.#body,
      element('div', { class: 'data-foot' }, this.#legend.element, this.#rasters.zoomControls),
    );
  }

  /** Shows the view's choices in the controls, and the current data by them. */
  showView(view: View): void {
    const shown = ['coloring', 'look', 'changes'] as const;
    const moves = !isSamePlace(view, this.#view);
    const isOther = moves || shown.some((key) => view[key] !== this.#view[key]);
    if (moves) this.#rasters.address = view;
    this.#view = view;
    this.#range.showView(view);
    this.#coloring.show(view.coloring);
    this.#look.show(view.look);
    this.#coloring.element.hidden = view.look === 'text';
    if (!isOther) return;
    this.#showData();
    this.rest();
  }

  /** Says why there is nothing to show. Only called before the first data. */
  showNothing({ kind, problems }: CoreError): void {
    this.#placeholder.textContent =
      problems.length > 0
        ? 'No sequences: these settings are not allowed.'
        : `No sequences: ${reasons[kind] ?? 'something went wrong'}.`;
  }

  /** Whether the settings can be pinned as they are. */
  allowPin(isAllowed: boolean): void {
    this.#pin.disabled = !isAllowed;
  }

  /** Shows the data of the form's settings, and that of the pinned settings next to it. */
  show(inspection: Inspection, pinned: Inspection | undefined): void {
    this.#inspection = inspection;
    this.#pinned = pinned;
    this.#title.textContent = titleOf(inspection);
    this.#range.showPart(inspection.preview);
    this.#showData();
  }

  /** Shows the next or the last page of sequences, if there is one. */
  turn(direction: -1 | 1): void {
    this.#range.turn(direction);
  }

  /** Pins the settings, if that is allowed. */
  pin(): void {
    this.#pin.click();
  }

  /** Takes up what may wait until the visitor pauses. */
  rest(): void {
    this.#rasters.rest();
  }

  /** Puts a summary of the comparison above the sequences. */
  summarize(summary: HTMLElement): void {
    this.#body.before(summary);
  }

  /** Shows some tokens and fades the others; all of them if these were chosen already. */
  async select(selection: Selection): Promise<void> {
    const loaded = await import('./finding').catch(() => undefined);
    if (!loaded) return;
    this.#finding ??= new loaded.Finding({
      changed: () => this.#showData(),
      goTo: (cell) => {
        if (this.#view.look !== 'text') this.#rasters.goTo(cell);
        if (this.#view.look !== 'raster') this.#text?.mark(cell.row);
      },
    });
    // Below: what is pointed at stays under the pointer.
    this.#body.after(this.#finding.element);
    if (this.#inspection) this.#finding.show(this.#inspection);
    this.#finding.choose(selection);
  }

  scrollIntoView(): void {
    this.#body.scrollIntoView({ block: 'start' });
  }

  /** Redraws with the theme's current colours. */
  recolor(): void {
    this.#rasters.recolor();
  }

  #showData(): void {
    if (!this.#inspection) return;
    const { look, coloring } = this.#view;
    const isEmpty = this.#inspection.report.num_sequences === 0;
    this.#placeholder.hidden = true;
    if (this.#empty) this.#empty.element.hidden = !isEmpty;
    this.#about.hidden = look === 'text' || isEmpty;
    this.#body.classList.toggle('both', look === 'both' && !isEmpty);
    this.#rasters.element.hidden = look === 'text' || isEmpty;
    this.#rasters.zoomControls.hidden = look === 'text' || isEmpty;
    if (this.#text) this.#text.element.hidden = look === 'raster' || isEmpty;
    this.#legend.element.hidden = isEmpty;
    if (isEmpty) {
      void this.#showEmpty();
      return;
    }
    this.#finding?.show(this.#inspection);
    const chosenIn = (inspection: Inspection) => this.#finding?.marksIn(inspection);
    if (look !== 'text') {
      this.#rasters.show(this.#inspection, this.#pinned, this.#view, chosenIn);
    }
    if (look !== 'raster') {
      if (this.#text) this.#text.show(this.#inspection, this.#marks());
      else void this.#loadText();
    }
    const chosen = this.#finding?.selection;
    const kinds = chosen?.of === 'kinds' ? chosen.kinds : [];
    this.#coloring.show(coloringOf(this.#inspection, coloring));
    const shown = look === 'text' ? 'structure' : coloringOf(this.#inspection, coloring);
    this.#legend.show(this.#inspection, shown, kinds);
  }

  /** Loads what takes the place of the sequences where there are none. */
  async #showEmpty(): Promise<void> {
    const loaded = await import('./empty_view').catch(() => undefined);
    const part = this.#inspection?.preview;
    if (!loaded || part?.report.num_sequences !== 0) return;
    this.#empty ??= new loaded.EmptyView(this.#waysBack);
    this.#rasters.element.after(this.#empty.element);
    this.#empty.show(part);
    this.#empty.element.hidden = false;
  }

  /** Loads the text view, then shows what there is to show by then. */
  async #loadText(): Promise<void> {
    const loaded = await import('../text/text').catch(() => undefined);
    if (!loaded || this.#text) return;
    this.#text = new loaded.TextView();
    this.#rasters.element.after(this.#text.element);
    this.#showData();
  }

  /** Which tokens are chosen, or differ from the pinned data; undefined if that is not shown. */
  #marks(): Uint8Array | undefined {
    const chosen = this.#inspection && this.#finding?.marksIn(this.#inspection);
    if (chosen) return chosen;
    const [own, other] = [this.#inspection?.preview, this.#pinned?.preview];
    const isMarked = this.#view.changes === 'marked' && own && other && areAligned(own, other);
    return isMarked ? changedTokens(own, other) : undefined;
  }
}
