const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * A text as the number that it spells: `12000`, `12,000`, `1.2e4`. Anything else stays the text,
 * and so does what a double would not hold exactly as typed: a whole number past 2^53.
 */
export function parseNumber(text: string): number | string {
  const trimmed = text.trim();
  const digits = grouped.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  const number = Number(digits);
  const isExact = !/^[+-]?\d+$/.test(digits) || Number.isSafeInteger(number);
  return plain.test(digits) && Number.isFinite(number) && isExact ? number : trimmed;
}

/** The text of a value in a number field: whole numbers with grouped thousands, other values as given. */
export function numberText(value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  return Number.isSafeInteger(value) ? new Intl.NumberFormat('en').format(value) : String(value);
}
