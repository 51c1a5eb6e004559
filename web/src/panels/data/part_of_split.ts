import { formatCount, withUnit } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import type { Preview } from '../../model/preview';

/** ` × 256 tokens`, or the range of lengths if they differ; empty without sequences. */
function lengthsOf({ min_length: least, max_length: most }: Preview['report']): string {
  if (least === null || most === null) return '';
  return least === most
    ? ` × ${withUnit(least, 'tokens')}`
    : `, ${formatCount(least)} to ${formatCount(most)} tokens each`;
}

/** `First 200 of 10,000 sequences × 256 tokens`: which sequences are in view, and how long they are. */
export function titleOf({ preview }: Inspection): string {
  const words = partWords(preview);
  return preview.file ? `${preview.file}: ${words.replace(/^[FNS]/, lowerCase)}` : words;
}

const lowerCase = (letter: string) => letter.toLowerCase();

function partWords({ from, splitSize, report }: Preview): string {
  const count = report.num_sequences;
  const lengths = lengthsOf(report);
  if (count === 0) return 'No sequences';
  if (count === splitSize) return withUnit(count, 'sequences') + lengths;
  const total = formatCount(splitSize);
  if (from === 0) return `First ${formatCount(count)} of ${total} sequences${lengths}`;
  const last = formatCount(from + count - 1);
  return count === 1
    ? `Sequence ${last} of ${total}${lengths}`
    : `Sequences ${formatCount(from)} to ${last} of ${total}${lengths}`;
}
