import { element } from '../../dom';
import { formatCount, withUnit } from '../../format';
import type { Inspection } from '../../preview/inspection';
import { colorings, looks, withView, type View } from '../../state/state';
import type { Store } from '../../state/store';
import type { CoreError } from '../../worker/client';
import { Raster } from '../raster/raster';
import { Segmented } from '../segmented';
import { TextView } from '../text/text';
import { Legend } from './legend';
import { RangeControls } from './range';

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
  readonly #raster = new Raster();
  readonly #text = new TextView();
  readonly #legend = new Legend();
  readonly #placeholder = element('p', { class: 'placeholder' }, 'Making sequences…');
  readonly #body = element(
    'div',
    { class: 'data-body' },
    this.#raster.element,
    this.#text.element,
    this.#placeholder,
  );
  readonly #title = element('h2', { id: 'data-title' }, 'Sequences');
  readonly #range: RangeControls;
  readonly #coloring: Segmented<View['coloring']>;
  readonly #look: Segmented<View['look']>;
  #view: View;
  #inspection: Inspection | undefined;

  constructor(store: Store) {
    for (const part of [this.#raster.element, this.#raster.zoomControls, this.#text.element]) {
      part.hidden = true;
    }
    const commit = (view: Partial<View>) => store.set(withView(store.state, view), 'commit');
    this.#view = store.state.view;
    this.#range = new RangeControls(store);
    this.#coloring = new Segmented('Colour by', colorings, (coloring) => commit({ coloring }));
    this.#look = new Segmented('Show as', looks, (look) => commit({ look }));
    this.element = element(
      'section',
      { class: 'card data', 'aria-labelledby': 'data-title' },
      element(
        'div',
        { class: 'data-head' },
        this.#title,
        element('div', { class: 'data-controls' }, this.#coloring.element, this.#look.element),
        this.#range.element,
      ),
      this.#range.error,
      this.#body,
      element('div', { class: 'data-foot' }, this.#legend.element, this.#raster.zoomControls),
    );
  }

  /** Takes up the controls' state, and recolours the data that is there. */
  showView(view: View): void {
    const isOther = view.coloring !== this.#view.coloring || view.look !== this.#view.look;
    this.#view = view;
    this.#range.showView(view);
    this.#coloring.show(view.coloring);
    this.#look.show(view.look);
    this.#coloring.element.hidden = view.look !== 'raster';
    if (isOther) this.#showData();
  }

  /** There is nothing to show, and why; only before the first data. */
  showNothing({ kind, problems }: CoreError): void {
    const areWrong = problems.length > 0 || kind === 'too_long';
    this.#placeholder.textContent = areWrong
      ? 'No sequences: these settings are not allowed.'
      : `No sequences: ${kind === 'unrun' ? 'the code has not run' : 'something went wrong'}.`;
  }

  show(inspection: Inspection): void {
    this.#inspection = inspection;
    this.#title.textContent = titleOf(inspection);
    this.#range.setRows(inspection.preview.offsets.length - 1);
    this.#showData();
  }

  intoSight(): void {
    this.#body.scrollIntoView({ block: 'start' });
  }

  /** Takes the colours from the theme anew. */
  recolor(): void {
    this.#raster.recolor();
  }

  #showData(): void {
    if (!this.#inspection) return;
    const { look, coloring } = this.#view;
    this.#placeholder.hidden = true;
    this.#raster.element.hidden = look !== 'raster';
    this.#raster.zoomControls.hidden = look !== 'raster';
    this.#text.element.hidden = look !== 'text';
    if (look === 'raster') this.#raster.show(this.#inspection, coloring);
    else this.#text.show(this.#inspection);
    this.#legend.show(this.#inspection, look === 'text' ? 'structure' : coloring);
  }
}
