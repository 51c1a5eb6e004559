import { element, fill } from '../../dom';
import { formatCount, withUnit } from '../../format';
import { cellKinds, kindClass } from '../../preview/kinds';
import { colorings, lastIndex, looks, splits, withView, type State, type View } from '../../state/state';
import type { Store } from '../../state/store';
import type { Preview } from '../../worker/messages';
import { numberText, parseNumber } from '../form/number_text';
import { Raster } from '../raster/raster';
import { Segmented } from '../segmented';
import { TextView } from '../text/text';

/** The hero: the sequences as raster or text, and what is shown of them. */
export class DataPanel {
  readonly element: HTMLElement;
  readonly raster = new Raster();
  readonly #text = new TextView();
  readonly #store: Store;
  readonly #title = element('h2', { id: 'data-title' }, 'Sequences');
  readonly #legend = element('ul', { class: 'legend', 'aria-label': 'Colours' });
  readonly #split: Segmented<View['split']>;
  readonly #coloring: Segmented<View['coloring']>;
  readonly #look: Segmented<View['look']>;
  readonly #from: HTMLInputElement;
  readonly #fromError = element('p', { class: 'field-error', id: 'from-error', hidden: true });
  #preview: Preview | undefined;

  constructor(store: Store) {
    this.#store = store;
    const change = (view: Partial<View>) => store.set(withView(store.state, view), 'commit');
    this.#split = new Segmented('Split', splits, (split) => change({ split }));
    this.#coloring = new Segmented('Colour by', colorings, (coloring) => change({ coloring }));
    this.#look = new Segmented('Show as', looks, (look) => change({ look }));
    this.#from = element('input', {
      id: 'from-index',
      class: 'number-input',
      type: 'text',
      inputmode: 'numeric',
      autocomplete: 'off',
      'aria-describedby': 'from-error',
      on: { change: () => this.#goTo(parseNumber(this.#from.value)) },
    });
    const page = (label: string, text: string, direction: number) =>
      element('button', {
        type: 'button',
        class: 'icon-button',
        'aria-label': label,
        title: label,
        on: { click: () => this.#page(direction) },
      }, text);
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
          this.#split.element,
          this.#coloring.element,
          this.#look.element,
          element(
            'div',
            { class: 'from' },
            element('label', { for: 'from-index' }, 'from'),
            page('Earlier sequences', '‹', -1),
            this.#from,
            page('Later sequences', '›', 1),
          ),
        ),
      ),
      this.#fromError,
      element('div', { class: 'data-body' }, this.raster.element, this.#text.element),
      element('div', { class: 'data-foot' }, this.#legend, this.raster.zoomControls),
    );
  }

  /** Shows what the page is asked to show, before the data for it is there. */
  showView({ view }: State): void {
    this.#split.show(view.split);
    this.#coloring.show(view.coloring);
    this.#look.show(view.look);
    if (document.activeElement !== this.#from) this.#from.value = numberText(view.from);
    this.raster.element.hidden = view.look !== 'raster';
    this.raster.zoomControls.hidden = view.look !== 'raster';
    this.#text.element.hidden = view.look !== 'text';
    if (this.#preview) this.#showData(this.#preview, view);
  }

  show(preview: Preview): void {
    this.#preview = preview;
    this.#showData(preview, this.#store.state.view);
  }

  #showData(preview: Preview, view: View): void {
    const count = preview.offsets.length - 1;
    this.#title.textContent = `${withUnit(count, 'sequences')} × ${formatCount(Number(preview.config['seq_length']))} tokens`;
    if (view.look === 'raster') this.raster.show(preview, view.coloring);
    else this.#text.show(preview);
    const { names } = cellKinds(preview);
    fill(
      this.#legend,
      ...(view.coloring === 'structure' || view.look === 'text'
        ? names.map((kind) => element('li', { class: kindClass(kind) }, element('span', { class: 'swatch' }), kind))
        : [
            element('li', { class: 'scale-legend' }, 'id 0', element('span', { class: 'token-scale' }), formatCount(Number(preview.config['vocab_size']) - 1)),
          ]),
    );
  }

  #goTo(index: number | string): void {
    const allowed = typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= lastIndex;
    this.#fromError.hidden = allowed;
    this.#from.toggleAttribute('aria-invalid', !allowed);
    if (!allowed) {
      this.#fromError.textContent = `from: got ${JSON.stringify(index)}; allowed: an integer from 0 to ${lastIndex}`;
      return;
    }
    this.#from.value = numberText(index);
    this.#store.set(withView(this.#store.state, { from: index }), 'commit');
  }

  #page(direction: number): void {
    const count = this.#preview ? this.#preview.offsets.length - 1 : 1;
    const from = this.#store.state.view.from + direction * count;
    this.#goTo(Math.min(lastIndex, Math.max(0, from)));
  }
}
