import { element, fill } from '../../dom';
import { formatMeasure } from '../../format';
import type { Comparison, Reading } from '../../readings/reading';

/** Names that do not read well as they are, with the unit to show. */
const known: Record<string, { name: string; unit: string }> = {
  avg_length: { name: 'mean length', unit: 'tokens' },
  vocab_usage: { name: 'ids used', unit: '' },
  oracle_bits_per_token: { name: 'oracle bound', unit: 'bits/token' },
};

/** The measure in words; what a share is a share of stands in its formula. */
function inWords({ name, unit }: Comparison): { name: string; unit: string } {
  return (
    known[name] ?? {
      name: name.replace(/_bits$/, '').replaceAll('_', ' '),
      unit: unit.startsWith('of ') ? '' : unit.replace(' per ', '/'),
    }
  );
}

function number(value: number | undefined): string {
  return value === undefined ? '–' : formatMeasure(value);
}

function verdict({ agrees }: Comparison): HTMLElement | null {
  if (agrees === undefined) return null;
  const words = agrees ? 'agrees' : 'differs';
  const title = agrees ? 'within four standard errors' : 'more than four standard errors apart';
  return element(
    'span',
    { class: `verdict ${words}`, role: 'img', 'aria-label': words, title },
    agrees ? '●' : '▲',
  );
}

function row(comparison: Comparison): HTMLTableRowElement {
  const { name, unit } = inWords(comparison);
  return element(
    'tr',
    { title: [comparison.formula, comparison.unit].filter(Boolean).join(' — ') },
    element('th', { scope: 'row' }, name, unit && element('span', { class: 'unit' }, ` ${unit}`)),
    element('td', {}, number(comparison.measured)),
    element('td', { class: 'verdict-cell' }, verdict(comparison)),
    element('td', {}, number(comparison.expected)),
  );
}

/** What was measured on the data in view beside what its config promises. */
export class NumbersPanel {
  readonly element: HTMLElement;
  readonly #body = element('tbody');

  constructor() {
    const columns = element(
      'tr',
      {},
      element('th', { scope: 'col' }, 'measure'),
      element('th', { scope: 'col' }, 'measured'),
      element('td'),
      element('th', { scope: 'col' }, 'expected'),
    );
    this.element = element(
      'section',
      { class: 'card numbers', 'aria-labelledby': 'numbers-title' },
      element('h2', { id: 'numbers-title' }, 'Measured against expected'),
      element('table', {}, element('thead', {}, columns), this.#body),
      element(
        'p',
        { class: 'numbers-key' },
        element('span', { class: 'verdict agrees', 'aria-hidden': 'true' }, '●'),
        ' agrees within four standard errors',
      ),
    );
  }

  show({ comparisons }: Reading): void {
    fill(this.#body, ...comparisons.map(row));
  }
}
