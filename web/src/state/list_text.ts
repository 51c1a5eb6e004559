import { parseNumber } from '../model/value_text';

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
