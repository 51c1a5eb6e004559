import type { Preview } from './preview';

/** The first `rows` sequences of the preview as a JSONL file has them. */
export function jsonLines({ tokens, offsets, padding }: Preview, rows: number): string {
  return Array.from({ length: rows }, (_, row) => {
    const sequence = tokens.subarray(offsets[row], offsets[row + 1]);
    const padded = padding?.[row] ?? 0;
    const note = padded > 0 ? `,"padding":${padded}` : '';
    return `{"input_ids":[${sequence.join(',')}]${note}}\n`;
  }).join('');
}
