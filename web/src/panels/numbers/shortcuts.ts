import { element, fill } from '../../dom/element';
import { shortcutsOf, type Floor } from '../../model/floor';
import { formatMeasure, formatPercent } from '../../model/format';

function row(name: string, title: string, bits: string, accuracy: string): HTMLElement {
  return element(
    'tr',
    { title },
    element('th', { scope: 'row' }, name),
    element('td', {}, bits),
    element('td', {}, accuracy),
  );
}

/** What simple rules reach, next to the floor. */
export function shortcutTable(floor: Floor): HTMLElement {
  const column = (name: string) => element('th', { scope: 'col' }, name);
  const { predictive_bits_per_token: bits } = floor.report;
  const rows = shortcutsOf(floor).map((shortcut) =>
    row(
      shortcut.name,
      shortcut.formula,
      formatMeasure(shortcut.bits),
      shortcut.accuracy === undefined ? '–' : formatPercent(shortcut.accuracy),
    ),
  );
  return element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        column('shortcut'),
        column(`bits per ${floor.target.slice(0, -1)}`),
        column('right'),
      ),
    ),
    element(
      'tbody',
      {},
      ...rows,
      row(
        'floor',
        floor.noFloor ?? 'the exact law',
        bits === undefined ? '–' : formatMeasure(bits),
        '',
      ),
    ),
  );
}

/** The part of the numbers that shows what shortcuts get; closed at first. */
export class ShortcutsPart {
  readonly element: HTMLDetailsElement;
  readonly #place = element('div', { class: 'numbers-table' });
  readonly #reason = element('p', { class: 'numbers-key' });

  constructor() {
    this.element = element(
      'details',
      { class: 'shortcuts' },
      element('summary', {}, 'What a shortcut gets'),
      this.#place,
      this.#reason,
    );
  }

  show(floor: Floor): void {
    fill(this.#place, shortcutTable(floor));
    this.#reason.textContent =
      floor.noFloor ??
      'Rules that know nothing of the structure, fitted to half of these sequences and asked about the others.';
  }
}
