import { element, fill } from '../../dom/element';
import { formatMeasure } from '../../model/format';
import type { Advice } from '../../readings/detail';
import type { Reading } from '../../model/reading';
import { comparisonTable, hasExpected } from './comparison_rows';
import { adviceBlock, validationVerdict } from './verdicts';

/** What structure is worth: the oracle's bits beside those of the counts alone. */
export function savingInWords({ comparisons }: Reading): string {
  const measured = (name: string) => comparisons.find((entry) => entry.name === name)?.measured;
  const counts = measured('content_entropy_bits');
  const oracle = measured('oracle_bits_per_token');
  if (counts === undefined || oracle === undefined || oracle > counts) return '';
  return `A token costs ${formatMeasure(counts)} bits by the counts alone and ${formatMeasure(oracle)} for who knows the structure: it saves ${formatMeasure(counts - oracle)}.`;
}

/** What was measured on data beside what its config promises, whether it is sound, and advice. */
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
  readonly #verdicts = element('div', { class: 'verdicts' });

  /** `apply` changes the config as advice proposes; without it advice has no buttons. */
  constructor(apply?: (change: Advice['change']) => void) {
    this.#apply = apply;
    this.element = element(
      'section',
      { class: 'card numbers', 'aria-label': 'Numbers' },
      this.#title,
      this.#table,
      this.#key,
      this.#saving,
      this.#verdicts,
    );
  }

  show(reading: Reading): void {
    fill(this.#table, comparisonTable(reading.comparisons));
    const withExpected = hasExpected(reading.comparisons);
    this.#title.textContent = withExpected ? 'Measured against expected' : 'Measured';
    this.#key.hidden = !withExpected;
    this.#saving.textContent = savingInWords(reading);
    if (!reading.isComplete) return;
    const { validation, report } = reading;
    const advice = (report.advice ?? []).map((entry) => adviceBlock(entry, this.#apply));
    fill(
      this.#verdicts,
      validation && validationVerdict(validation),
      advice.length > 0 && element('ul', { class: 'advices', 'aria-label': 'Advice' }, ...advice),
    );
  }
}
