import { element } from '../../dom/element';
import { areAligned, changedTokens } from '../../model/differences';
import type { Inspection } from '../../model/inspection';
import type { Preview } from '../../model/preview';
import type { Selection } from '../../model/selection';
import { openingView, type Coloring, type View } from '../../state/state';
import type { CoreError } from '../../worker/client';
import type { TextView } from '../text/text';
import type { EmptyView, WaysBack } from './empty_view';
import type { Finding } from './finding';
import { Legend } from './legend';
import { coloringOf, Rasters } from './rasters';

type Address = Pick<View, 'zoom' | 'corner'>;

interface Listeners {
  /** Hears of each sequence that is pointed at. */
  visit: (preview: Preview, row: number | undefined) => void;
  /** Called after zooming and scrolling. */
  moved: (address: Address) => void;
  waysBack: WaysBack;
}

/** Why there are no sequences, by the kind of the failure. */
const reasons: Record<string, string> = {
  too_long: 'each would be too long to show',
  unrun: 'the code has not run',
};

function isSamePlace(one: View, other: View): boolean {
  return one.zoom === other.zoom && one.corner === other.corner;
}

/** The sequences as raster or text, with the meaning of their colours. */
export class SequencesView {
  readonly about = element(
    'p',
    { class: 'card-subtitle data-about' },
    'Each row is a sequence, each column a position.',
  );
  readonly body: HTMLElement;
  readonly foot: HTMLElement;
  readonly #rasters: Rasters;
  /** Loaded when it is first looked at. */
  #text: TextView | undefined;
  readonly #legend = new Legend((kind) => void this.select({ of: 'kinds', kinds: [kind] }));
  readonly #placeholder = element('p', { class: 'placeholder' }, 'Generating sequences…');
  /** Loaded when there is nothing else to show. */
  #empty: EmptyView | undefined;
  readonly #waysBack: WaysBack;
  #view: View;
  #inspection: Inspection | undefined;
  #pinned: Inspection | undefined;
  /** The row of the raster that is pointed at. */
  #visited: number | undefined;
  /** What the visitor looks for; loaded on first use. */
  #finding: Finding | undefined;

  constructor(view: View, { visit, moved, waysBack }: Listeners) {
    this.#view = view;
    this.#waysBack = waysBack;
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
        const next = { ...this.#view, ...address };
        if (isSamePlace(next, this.#view)) return;
        // Set before anybody calls showView, so that the raster does not move again.
        this.#view = next;
        moved(address);
      },
    });
    for (const part of [this.#rasters.element, this.#rasters.zoomControls]) part.hidden = true;
    if (!isSamePlace(view, openingView)) this.#rasters.address = view;
    this.body = element(
      'div',
      { class: 'data-body' },
      this.#rasters.element,
      this.#placeholder,
    );
    this.foot = element(
      'div',
      { class: 'data-foot' },
      this.#legend.element,
      this.#rasters.zoomControls,
    );
  }

  /** Shows the current data by the view's choices. */
  showView(view: View): void {
    const shown = ['coloring', 'look', 'changes'] as const;
    const moves = !isSamePlace(view, this.#view);
    const isOther = moves || shown.some((key) => view[key] !== this.#view[key]);
    if (moves) this.#rasters.address = view;
    this.#view = view;
    if (!isOther) return;
    this.#showData();
    this.rest();
  }

  /** What the data is coloured by. */
  get coloring(): Coloring {
    const { coloring } = this.#view;
    return this.#inspection ? coloringOf(this.#inspection, coloring) : coloring;
  }

  /** Says why there is nothing to show. Only called before the first data. */
  showNothing({ kind, problems }: CoreError): void {
    this.#placeholder.textContent =
      problems.length > 0
        ? 'No sequences: these settings are not allowed.'
        : `No sequences: ${reasons[kind] ?? 'something went wrong'}.`;
  }

  /** Shows the data of the settings, and that of the pinned settings next to it. */
  show(inspection: Inspection, pinned: Inspection | undefined): void {
    this.#inspection = inspection;
    this.#pinned = pinned;
    this.#showData();
  }

  /** Takes up what may wait until the visitor pauses. */
  rest(): void {
    this.#rasters.rest();
  }

  /** Puts a summary of the comparison above the sequences. */
  summarize(summary: HTMLElement): void {
    this.body.before(summary);
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
    this.body.after(this.#finding.element);
    if (this.#inspection) this.#finding.show(this.#inspection);
    this.#finding.choose(selection);
  }

  scrollIntoView(): void {
    this.body.scrollIntoView({ block: 'start' });
  }

  /** Redraws with the theme's current colours. */
  recolor(): void {
    this.#rasters.recolor();
  }

  #showData(): void {
    if (!this.#inspection) return;
    const { look } = this.#view;
    const isEmpty = this.#inspection.report.num_sequences === 0;
    this.#placeholder.hidden = true;
    if (this.#empty) this.#empty.element.hidden = !isEmpty;
    this.about.hidden = look === 'text' || isEmpty;
    this.body.classList.toggle('both', look === 'both' && !isEmpty);
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
    this.#legend.show(this.#inspection, look === 'text' ? 'structure' : this.coloring, kinds);
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
