import type { Measure } from 'synthgen';

import { element, fill } from '../../dom';
import { formatMeasure } from '../../format';
import { comparisons, type Comparison } from '../../preview/measures';
import type { Preview } from '../../worker/messages';

const inWords: Record<string, string> = {
  num_sequences: 'sequences',
  avg_length: 'mean length',
  vocab_usage: 'ids used',
};

function verdict({ agrees, measured, expected }: Comparison): HTMLElement | null {
  if (agrees === undefined || measured === undefined || expected === undefined) return null;
  const words = agrees ? 'agrees' : 'differs';
  return element(
    'span',
    {
      class: `verdict ${words}`,
      role: 'img',
      'aria-label': words,
      title: agrees ? 'within four standard errors' : 'more than four standard errors apart',
    },
    agrees ? '●' : '▲',
  );
}

function number(value: number | undefined): string {
  return value === undefined ? '–' : formatMeasure(value);
}

function row(comparison: Comparison): HTMLTableRowElement {
  const { name, unit, formula, measured, expected } = comparison;
  return element(
    'tr',
    { title: formula },
    element(
      'th',
      { scope: 'row' },
      inWords[name] ?? name.replaceAll('_', ' '),
      unit && element('span', { class: 'unit' }, unit),
    ),
    element('td', {}, number(measured)),
    element('td', { class: 'verdict-cell' }, verdict(comparison)),
    element('td', {}, number(expected)),
  );
}

/** What was measured on the preview beside what the config promises. */
export class NumbersPanel {
  readonly element: HTMLElement;
  readonly #body = element('tbody');
  readonly #measures: readonly Measure[];

  constructor(measures: readonly Measure[]) {
    this.#measures = measures;
    this.element = element(
      'section',
      { class: 'card numbers', 'aria-labelledby': 'numbers-title' },
      element('h2', { id: 'numbers-title' }, 'Measured against expected'),
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('th', { scope: 'col' }, 'measure'),
            element('th', { scope: 'col' }, 'measured'),
            element('td'),
            element('th', { scope: 'col' }, 'expected'),
          ),
        ),
        this.#body,
      ),
    );
  }

  show(preview: Preview): void {
    fill(this.#body, ...comparisons(preview, this.#measures).map(row));
  }
}
