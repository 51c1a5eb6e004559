import { element } from '../../dom/element';
import { formatMeasure } from '../../model/format';
import { groups, type Comparison } from '../../model/reading';

/** Measures that are shown under another name, with the unit to show. */
const known: Record<string, { name: string; unit: string }> = {
  num_sequences: { name: 'sequences', unit: '' },
  num_tokens: { name: 'tokens', unit: '' },
  avg_length: { name: 'mean length', unit: 'tokens' },
  vocab_usage: { name: 'ids used', unit: '' },
  average_entropy: { name: 'average entropy', unit: 'bits' },
  content_entropy_bits: { name: 'token entropy', unit: 'bits' },
  pattern_ratio: { name: 'pattern ratio (detector)', unit: '' },
  pattern_share: { name: 'pattern share (truth)', unit: '' },
  oracle_bits_per_token: { name: 'cost if the structure is known', unit: 'bits' },
  predictive_bits_per_token: { name: 'floor of any model', unit: 'bits' },
  predictive_bits_per_label: { name: 'floor of any model, for labels', unit: 'bits' },
};

/** The measure in words. The base of a share is left out: it is in the formula. */
export function inWords({ name, unit }: Pick<Comparison, 'name' | 'unit'>): {
  name: string;
  unit: string;
} {
  return (
    known[name] ?? {
      name: name.replace(/_bits$/, '').replaceAll('_', ' '),
      unit: unit.startsWith('of ') ? '' : unit.replace(/ per .*/, ''),
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

function row(comparison: Comparison, withExpected: boolean): HTMLTableRowElement {
  const { name, unit } = inWords(comparison);
  return element(
    'tr',
    { title: [comparison.formula, comparison.unit].filter(Boolean).join(' — ') },
    element('th', { scope: 'row' }, name, unit && element('span', { class: 'unit' }, ` ${unit}`)),
    element('td', {}, number(comparison.measured)),
    withExpected && element('td', { class: 'verdict-cell' }, verdict(comparison)),
    withExpected &&
      element(
        'td',
        {},
        number(comparison.expected),
        comparison.expectedError !== undefined &&
          element('span', { class: 'unit' }, ` ±${comparison.expectedError.toPrecision(1)}`),
      ),
  );
}

function head(withExpected: boolean): HTMLElement {
  const column = (name: string) => element('th', { scope: 'col' }, name);
  const expected = withExpected ? [element('td'), column('expected')] : [];
  const columns = [column('measure'), column('measured'), ...expected];
  return element('thead', {}, element('tr', {}, ...columns));
}

/** Whether any number has an expected value. */
export function hasExpected(comparisons: readonly Comparison[]): boolean {
  return comparisons.some(({ expected }) => expected !== undefined);
}

/** A table of measured numbers, and expected ones if there are any, with a body for each group. */
export function comparisonTable(comparisons: readonly Comparison[]): HTMLTableElement {
  const withExpected = hasExpected(comparisons);
  const bodies = groups.map((group) => {
    const rows = comparisons
      .filter((entry) => entry.group === group)
      .map((entry) => row(entry, withExpected));
    if (rows.length === 0) return null;
    const title = element('th', { scope: 'rowgroup', colspan: 4 }, group);
    return element('tbody', {}, element('tr', { class: 'numbers-group' }, title), ...rows);
  });
  return element('table', {}, head(withExpected), ...bodies);
}
