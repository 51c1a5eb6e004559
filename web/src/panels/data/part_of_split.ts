import type { Split } from 'synthgen';

import { element, fill } from '../../dom/element';
import { formatCount, withUnit } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import type { Preview } from '../../model/preview';

/** Which part of a split a preview shows. */
type Part = Pick<Preview, 'split' | 'from' | 'splitSize'>;

/** ` × 256 tokens`, or the range of lengths if they differ; empty without sequences. */
function lengthsOf({ min_length: least, max_length: most }: Preview['report']): string {
  if (least === null || most === null) return '';
  return least === most
    ? ` × ${withUnit(least, 'tokens')}`
    : `, ${formatCount(least)} to ${formatCount(most)} tokens each`;
}

/** `First 200 of 10,000 sequences × 256 tokens`: which sequences are in view, and how long they are. */
export function titleOf({ preview: { from, splitSize, report } }: Inspection): string {
  const count = report.num_sequences;
  const lengths = lengthsOf(report);
  if (count === 0) return 'No sequences';
  if (count === splitSize) return withUnit(count, 'sequences') + lengths;
  const total = formatCount(splitSize);
  if (from === 0) return `First ${formatCount(count)} of ${total} sequences${lengths}`;
  const last = formatCount(from + count - 1);
  return count === 1
    ? `Sequence ${last} of ${total}${lengths}`
    : `Sequences ${formatCount(from)} to ${last} of ${total}${lengths}`;
}

/** Why there is nothing in view: the split is empty, or the view starts after its end. */
export function emptyWords({ split, from, splitSize }: Part): string {
  if (splitSize === 0) return `The ${split} split has no sequences.`;
  const last = splitSize === 1 ? 'sequence 0' : `sequences 0 to ${formatCount(splitSize - 1)}`;
  return `The ${split} split has ${last}. This view starts after its end, at sequence ${formatCount(from)}.`;
}

interface WaysBack {
  toFirst: () => void;
  toSize: (split: Split) => void;
}

/** Takes the place of the sequences where there are none, with the ways to some. */
export class EmptyView {
  readonly element = element('div', { class: 'placeholder data-empty', hidden: true });
  readonly #words = element('p', { role: 'status' });
  readonly #toFirst: HTMLButtonElement;
  #split: Split = 'train';

  constructor({ toFirst, toSize }: WaysBack) {
    const button = (text: string, click: () => void) =>
      element('button', { type: 'button', on: { click } }, text);
    this.#toFirst = button('Go to the first sequence', toFirst);
    const size = button('Change the number of sequences', () => toSize(this.#split));
    fill(this.element, this.#words, element('div', {}, this.#toFirst, size));
  }

  show(part: Part): void {
    this.#split = part.split;
    this.#words.textContent = emptyWords(part);
    this.#toFirst.hidden = part.splitSize === 0;
  }
}
