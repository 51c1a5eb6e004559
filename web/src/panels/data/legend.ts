import { element, fill } from '../../dom/element';
import { formatCount } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import { kindClass } from '../../model/kinds';
import type { Coloring } from '../../state/state';
import { farthestRepeat } from '../raster/paint';

/** The meaning of the colours in raster and text. */
export class Legend {
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
