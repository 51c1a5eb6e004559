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

/** `0, 1, 2` as a list of numbers; anything else stays the text. */
export function parseIntegers(text: string): number[] | string {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const numbers = trimmed.split(',').map(parseNumber);
  return numbers.every((number) => typeof number === 'number') ? numbers : trimmed;
}

/** The value of a JSON text, null where it is empty; what is no JSON stays the text. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A value as JSON to edit: the entries of a list a line each, nothing for null. */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map((entry) => ` ${JSON.stringify(entry)}`).join(',\n')}\n]`;
}
