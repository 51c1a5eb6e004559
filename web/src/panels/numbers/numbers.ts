import { element, fill } from '../../dom/element';
import type { Floor } from '../../model/floor';
import type { Advice, Reading } from '../../model/reading';
import { comparisonTable, hasExpected } from './comparison_rows';
import type { ShortcutsPart } from './shortcuts';

/** Measured and expected numbers of some data, the result of its validation, and advice. */
export class NumbersPanel {
  readonly element: HTMLElement;
  readonly #apply: ((change: Advice['change']) => void) | undefined;
  readonly #title = element('h2', {}, 'Measured against expected');
  /** Room for what says which sequences the numbers are of, which comes later. */
  readonly #cover = element('div', { class: 'numbers-cover' });
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
  /** What is said about complete readings; loaded with the first. */
  #verdicts: typeof import('./verdicts') | undefined;
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
      // The keyboard scrolls it next to the playground's data.
      { class: 'card numbers', 'aria-label': 'Numbers', ...(apply && { tabindex: 0 }) },
      this.#title,
      apply && this.#cover,
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
    this.#saving.textContent = this.#verdicts?.savingInWords(reading) ?? '';
    if (!reading.awaitsFloor) void this.#showShortcuts(reading.floor);
    this.#complete = reading.isComplete ? reading : undefined;
    if (reading.isComplete) void this.#showVerdicts(reading);
  }

  async #showVerdicts(reading: Reading): Promise<void> {
    this.#verdicts ??= await import('./verdicts');
    if (reading !== this.#complete) return;
    this.#saving.textContent = this.#verdicts.savingInWords(reading);
    fill(this.verdicts, ...this.#verdicts.verdictsOf(reading, this.#apply));
  }

  /** Puts what says which sequences the numbers are of above them. */
  cover(coverage: HTMLElement): void {
    this.#cover.append(coverage);
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
