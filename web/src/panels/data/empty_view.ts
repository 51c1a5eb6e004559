import type { Split } from 'synthgen';

import { element, fill } from '../../dom/element';
import { formatCount } from '../../model/format';
import type { Preview } from '../../model/preview';

/** Which part of a split a preview shows. */
type Part = Pick<Preview, 'split' | 'from' | 'splitSize' | 'file'>;

/** Why there is nothing in view: the split is empty, or the view starts after its end. */
export function emptyWords({ split, from, splitSize, file }: Part): string {
  const whole = file ?? `The ${split} split`;
  if (splitSize === 0) return `${whole} has no sequences.`;
  const last = splitSize === 1 ? 'sequence 0' : `sequences 0 to ${formatCount(splitSize - 1)}`;
  return `${whole} has ${last}. This view starts after its end, at sequence ${formatCount(from)}.`;
}

export interface WaysBack {
  toFirst: () => void;
  /** Where the number of sequences can be changed. */
  toSize?: (split: Split) => void;
}

/** Takes the place of the sequences where there are none, with the ways to some. */
export class EmptyView {
  readonly element = element('div', { class: 'placeholder data-empty', hidden: true });
  readonly #words = element('p', { role: 'status' });
  readonly #toFirst: HTMLButtonElement;
  readonly #toSize: HTMLButtonElement;
  #split: Split = 'train';

  constructor({ toFirst, toSize }: WaysBack) {
    const button = (text: string, click: () => void) =>
      element('button', { type: 'button', on: { click } }, text);
    this.#toFirst = button('Go to the first sequence', toFirst);
    this.#toSize = button('Change the number of sequences', () => toSize?.(this.#split));
    fill(this.element, this.#words, element('div', {}, this.#toFirst, toSize && this.#toSize));
  }

  show(part: Part): void {
    this.#split = part.split;
    this.#words.textContent = emptyWords(part);
    this.#toFirst.hidden = part.splitSize === 0;
    this.#toSize.hidden = part.file !== undefined;
  }
}
