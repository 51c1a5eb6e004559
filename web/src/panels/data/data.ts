import { Segmented } from '../../dom/controls';
import { element, fill } from '../../dom/element';
import { areAligned, changedTokens } from '../../model/differences';
import { formatCount, withUnit } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import { kindClass } from '../../model/kinds';
import { type Coloring, colorings, looks, withView, type View, type Store } from '../../state/state';
import type { CoreError } from '../../worker/client';
import { farthestRepeat } from '../raster/paint';
import { TextView } from '../text/text';
import { RangeControls } from './range';
import { Rasters } from './rasters';

/** What the colours in raster and text mean. */
export class Legend {
  readonly element = element('ul', { class: 'legend', 'aria-label': 'Colours' });

  show({ preview, shares }: Inspection, coloring: Coloring): void {
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
      ...shares.map(({ kind }) => element('li', { class: kindClass(kind) }, swatch(), kind)),
    );
  }
}

/** `200 sequences × 256 tokens`, or the range of lengths where they differ. */
function titleOf({ preview: { report } }: Inspection): string {
  const { num_sequences, min_length, max_length } = report;
  const sequences = withUnit(num_sequences, 'sequences');
  if (min_length === null || max_length === null) return sequences;
  if (min_length === max_length) return `${sequences} × ${withUnit(min_length, 'tokens')}`;
  return `${sequences} of ${formatCount(min_length)} to ${formatCount(max_length)} tokens`;
}

/** The sequences as raster or text, and the controls for what is shown of them. */
export class DataPanel {
  readonly element: HTMLElement;
  readonly #rasters = new Rasters((row) => {
    if (this.#view.look === 'both') this.#text.mark(row);
  });
  readonly #text = new TextView();
  readonly #legend = new Legend();
  readonly #placeholder = element('p', { class: 'placeholder' }, 'Making sequences…');
  readonly #body = element(
    'div',
    { class: 'data-body' },
    this.#rasters.element,
    this.#text.element,
    this.#placeholder,
  );
  readonly #title = element('h2', { id: 'data-title' }, 'Sequences');
  readonly #range: RangeControls;
  readonly #coloring: Segmented<View['coloring']>;
  readonly #look: Segmented<View['look']>;
  #view: View;
  readonly #pin: HTMLButtonElement;
  #inspection: Inspection | undefined;
  #pinned: Inspection | undefined;

  constructor(store: Store) {
    for (const part of [this.#rasters.element, this.#rasters.zoomControls, this.#text.element]) {
      part.hidden = true;
    }
    const commit = (view: Partial<View>) => store.set(withView(store.state, view), 'commit');
    this.#view = store.state.view;
    this.#range = new RangeControls(store);
    this.#pin = element(
      'button',
      {
        type: 'button',
        class: 'data-pin',
        title: 'Keep these settings as A and compare with them what you change',
        on: { click: () => store.set({ ...store.state, pinned: store.state.config }, 'commit') },
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
      this.#body,
      element('div', { class: 'data-foot' }, this.#legend.element, this.#rasters.zoomControls),
    );
  }

  /** Takes up the controls' state, and recolours the data that is there. */
  showView(view: View): void {
    const shown = ['coloring', 'look', 'changes'] as const;
    const isOther = shown.some((key) => view[key] !== this.#view[key]);
    this.#view = view;
    this.#range.showView(view);
    this.#coloring.show(view.coloring);
    this.#look.show(view.look);
    this.#coloring.element.hidden = view.look === 'text';
    if (isOther) this.#showData();
  }

  /** There is nothing to show, and why; only before the first data. */
  showNothing({ kind, problems }: CoreError): void {
    const areWrong = problems.length > 0 || kind === 'too_long';
    this.#placeholder.textContent = areWrong
      ? 'No sequences: these settings are not allowed.'
      : `No sequences: ${kind === 'unrun' ? 'the code has not run' : 'something went wrong'}.`;
  }

  /** Whether the settings can be pinned as they are. */
  allowPin(isAllowed: boolean): void {
    this.#pin.disabled = !isAllowed;
  }

  /** Shows the data of the form's settings, and of the pinned ones beside it. */
  show(inspection: Inspection, pinned: Inspection | undefined): void {
    this.#inspection = inspection;
    this.#pinned = pinned;
    this.#title.textContent = titleOf(inspection);
    this.#range.setRows(inspection.preview.offsets.length - 1);
    this.#showData();
  }

  intoSight(): void {
    this.#body.scrollIntoView({ block: 'start' });
  }

  /** Takes the colours from the theme anew. */
  recolor(): void {
    this.#rasters.recolor();
  }

  #showData(): void {
    if (!this.#inspection) return;
    const { look, coloring } = this.#view;
    this.#placeholder.hidden = true;
    this.#body.classList.toggle('both', look === 'both');
    this.#rasters.element.hidden = look === 'text';
    this.#rasters.zoomControls.hidden = look === 'text';
    this.#text.element.hidden = look === 'raster';
    if (look !== 'text') this.#rasters.show(this.#inspection, this.#pinned, this.#view);
    if (look !== 'raster') this.#text.show(this.#inspection, this.#marks());
    this.#legend.show(this.#inspection, look === 'text' ? 'structure' : coloring);
  }

  /** Which tokens are not those of the pinned data, where that is to be seen. */
  #marks(): Uint8Array | undefined {
    const [own, other] = [this.#inspection?.preview, this.#pinned?.preview];
    const isMarked = this.#view.changes === 'marked' && own && other && areAligned(own, other);
    return isMarked ? changedTokens(own, other) : undefined;
  }
}
