import { element, fill } from '../../dom/element';
import { formatCount } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import { kindClass } from '../../model/kinds';
import type { Coloring } from '../../state/state';
import { farthestRepeat } from '../raster/paint';

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
