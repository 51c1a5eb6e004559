import type { FaultTally, ValidationReport } from 'synthgen';

import { element } from '../../dom/element';
import { formatCount, formatMeasure, withUnit } from '../../model/format';
import type { Advice, Reading } from '../../model/reading';

const mostPlaces = 5;

function fault({ kind, count, first }: FaultTally): HTMLElement {
  const places = first
    .slice(0, mostPlaces)
    .map(({ file, line, message }) =>
      element('li', {}, element('code', {}, line === 0 ? file : `${file}:${line}`), ` ${message}`),
    );
  return element(
    'li',
    {},
    element('strong', {}, `${kind.replaceAll('_', ' ')}: ${formatCount(count)}`),
    element('ul', { class: 'fault-places' }, ...places),
  );
}

/** Whether so many sequences are valid; each kind of fault with its first places. */
export function validationVerdict(validation: ValidationReport, sequences: number): HTMLElement {
  if (validation.passed && sequences === 0) {
    return element('p', { class: 'validation' }, 'No sequences: there was nothing to validate.');
  }
  if (validation.passed) {
    return element(
      'p',
      { class: 'validation passed' },
      element('span', { class: 'verdict agrees', 'aria-hidden': 'true' }, '✓'),
      ' Data validation passed',
    );
  }
  return element(
    'div',
    { class: 'validation failed' },
    element(
      'p',
      {},
      element('span', { class: 'verdict differs', 'aria-hidden': 'true' }, '▲'),
      ` Data validation found ${withUnit(validation.num_faults, 'faults')}`,
    ),
    element('ul', { class: 'faults' }, ...validation.faults.map(fault)),
  );
}

/** `pattern_probability 0.6` for each key that the advice would change. */
function changeInWords({ change }: Advice): string {
  return Object.entries(change)
    .map(([key, value]) => `${key} ${typeof value === 'number' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** The advice and the number that triggered it; `apply` makes the change, if it proposes one. */
export function adviceBlock(
  advice: Advice,
  apply: ((change: Advice['change']) => void) | undefined,
): HTMLElement {
  const { rule, measure, value, message, change } = advice;
  const canApply = apply !== undefined && Object.keys(change).length > 0;
  return element(
    'li',
    { class: 'advice' },
    element('strong', {}, `${rule.replaceAll('_', ' ')}. `),
    `${message} `,
    element('span', { class: 'unit' }, `${measure.replaceAll('_', ' ')} ${formatMeasure(value)}`),
    canApply &&
      element(
        'button',
        { type: 'button', class: 'quiet-button', on: { click: () => apply(change) } },
        `Set ${changeInWords(advice)}`,
      ),
  );
}

/** The result of validation, and advice. */
export function verdictsOf(
  { validation, report }: Reading,
  apply: ((change: Advice['change']) => void) | undefined,
): (HTMLElement | false | undefined)[] {
  const advice = (report.advice ?? []).map((entry) => adviceBlock(entry, apply));
  return [
    validation && validationVerdict(validation, report.num_sequences),
    advice.length > 0 && element('ul', { class: 'advices', 'aria-label': 'Advice' }, ...advice),
  ];
}

/** What the structure is worth: bits per token with and without knowing it. */
export function savingInWords({ comparisons }: Reading): string {
  const measured = (name: string) => comparisons.find((entry) => entry.name === name)?.measured;
  const counts = measured('content_entropy_bits');
  const oracle = measured('oracle_bits_per_token');
  if (counts === undefined || oracle === undefined || oracle > counts) return '';
  return `Predicting a token takes ${formatMeasure(counts)} bits from token frequencies alone and ${formatMeasure(oracle)} bits if the structure is known: ${formatMeasure(counts - oracle)} bits less.`;
}
