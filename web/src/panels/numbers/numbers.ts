import { element, fill } from '../../dom/element';
import { formatMeasure } from '../../model/format';
import type { Floor } from '../../model/floor';
import type { Advice, Reading } from '../../model/reading';
import { comparisonTable, hasExpected } from './comparison_rows';
import type { ShortcutsPart } from './shortcuts';

/** What the structure is worth: bits per token with and without knowing it. */
export function savingInWords({ comparisons }: Reading): string {
  const measured = (name: string) => comparisons.find((entry) => entry.name === name)?.measured;
  const counts = measured('content_entropy_bits');
  const oracle = measured('oracle_bits_per_token');
  if (counts === undefined || oracle === undefined || oracle > counts) return '';
  return `Predicting a token takes ${formatMeasure(counts)} bits from token frequencies alone and ${formatMeasure(oracle)} bits if the structure is known: ${formatMeasure(counts - oracle)} bits less.`;
}

/** Measured and expected numbers of some data, the result of its validation, and advice. */
export class NumbersPanel {
  readonly element: HTMLElement;
  readonly #apply: ((change: Advice['change']) => void) | undefined;
  readonly #title = element('h2', {}, 'Measured against expected');
  readonly #table = element('div', { class: 'numbers-table' });
  readonly #key = element(
    'p',
    { class: 'numbers-key' },
    element('span', { class: 'verdict agrees', 'aria-hidden': 'true' }, '●'),
    ' agrees within four standard errors',
  );
  readonly #saving = element('p', { class: 'numbers-key' });
  /** What shortcuts get; loaded with the first floor. */
  #shortcuts: ShortcutsPart | undefined;
  /** The reading whose validation and advice are shown, or loading. */
  #complete: Reading | undefined;
  readonly #shortcutsPlace = element('div', {});
  /** The result of validation, and advice; below the numbers unless it is put elsewhere. */
  readonly verdicts = element('div', { class: 'verdicts' });

  /** `apply` makes a change that advice proposes; without it, advice has no buttons. */
  constructor(apply?: (change: Advice['change']) => void) {
    this.#apply = apply;
    this.element = element(
      'section',
      { class: 'card numbers', 'aria-label': 'Numbers' },
      this.#title,
      this.#table,
      this.#key,
      this.#saving,
      this.#shortcutsPlace,
      this.verdicts,
    );
  }

  show(reading: Reading): void {
    fill(this.#table, comparisonTable(reading.comparisons));
    const withExpected = hasExpected(reading.comparisons);
    this.#title.textContent = withExpected ? 'Measured against expected' : 'Measured';
    this.#key.hidden = !withExpected;
    this.#saving.textContent = savingInWords(reading);
    if (!reading.awaitsFloor) void this.#showShortcuts(reading.floor);
    this.#complete = reading.isComplete ? reading : undefined;
    if (reading.isComplete) void this.#showVerdicts(reading);
  }

  async #showVerdicts(reading: Reading): Promise<void> {
    const { verdictsOf } = await import('./verdicts');
    if (reading === this.#complete) fill(this.verdicts, ...verdictsOf(reading, this.#apply));
  }

  /** Puts what says which sequences the numbers are of above them. */
  cover(coverage: HTMLElement): void {
    this.#title.after(coverage);
  }

  async #showShortcuts(floor: Floor | undefined): Promise<void> {
    this.#shortcutsPlace.hidden = floor === undefined;
    if (!floor) return;
    const { ShortcutsPart: Part } = await import('./shortcuts');
    this.#shortcuts ??= new Part();
    this.#shortcuts.show(floor);
    fill(this.#shortcutsPlace, this.#shortcuts.element);
  }
}
