const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const thousands = new Intl.NumberFormat('en');

/**
 * The number that a text spells: `12000`, `12,000`, `1.2e4`. Any other text is returned as it is, and
 * so is an integer past 2^53, which a double cannot hold exactly.
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
  return Number.isSafeInteger(value) ? thousands.format(value) : String(value);
}

/** The list of numbers in `0, 1, 2`; any other text is returned as it is. */
export function parseIntegers(text: string): number[] | string {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const numbers = trimmed.split(',').map(parseNumber);
  return numbers.every((number) => typeof number === 'number') ? numbers : trimmed;
}

/** The value of a JSON text, null if it is empty; any other text is returned as it is. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A value as JSON to edit: a list has one entry per line, null is empty. */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map((entry) => ` ${JSON.stringify(entry)}`).join(',\n')}\n]`;
}
