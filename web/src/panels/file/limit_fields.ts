import type { Limits } from 'synthgen';

import { element } from '../../dom/element';
import { parseNumber } from '../../model/value_text';

const fields: { key: 'vocab_size' | 'min_length' | 'max_length'; label: string }[] = [
  { key: 'vocab_size', label: 'Ids below' },
  { key: 'min_length', label: 'Shortest' },
  { key: 'max_length', label: 'Longest' },
];

/** The limits for a file's sequences; an empty field sets no limit. */
export class LimitFields {
  readonly element: HTMLElement;
  readonly #inputs = fields.map(({ key, label }) => ({
    key,
    label,
    input: element('input', {
      id: `limit-${key}`,
      class: 'number-input',
      inputmode: 'numeric',
      autocomplete: 'off',
      placeholder: 'any',
    }),
  }));

  /** `changed` is called when a field was changed. */
  constructor(changed: () => void) {
    this.element = element(
      'div',
      { class: 'file-limits', role: 'group', 'aria-label': 'Check against' },
      ...this.#inputs.map(({ key, label, input }) => {
        input.addEventListener('change', changed);
        return element('label', { for: `limit-${key}` }, label, input);
      }),
    );
  }

  /** The limits; what is no number goes to the core as it is, which names what it allows. */
  get limits(): Limits {
    const given = this.#inputs
      .filter(({ input }) => input.value.trim() !== '')
      .map(({ key, input }) => [key, parseNumber(input.value)]);
    return Object.fromEntries(given) as Limits;
  }
}
