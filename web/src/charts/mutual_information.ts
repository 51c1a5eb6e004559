import { formatMeasure } from '../model/format';
import { distances } from './distances';
import type { Chart, Size } from './frame';

export interface MutualInformationData {
  distances: readonly number[];
  bits: readonly (number | null)[];
  /** The same estimate on shuffled tokens: what it shows where there is nothing. */
  baseline: readonly (number | null)[];
  expected?: readonly (number | null)[] | undefined;
  pinned?: readonly (number | null)[] | undefined;
}

/** What a token tells about the one that many positions later, beside what chance would seem to. */
export function mutualInformation(data: MutualInformationData, size: Size): Chart {
  const [first, last] = [data.distances[0] ?? 1, data.distances.at(-1) ?? 1];
  const shown = (value: number | null | undefined) =>
    value === null || value === undefined ? 'unknown' : `${formatMeasure(value)} bits`;
  return distances(
    {
      label: `Mutual information at distances ${first} to ${last}: ${shown(data.bits[0])} at ${first}, ${shown(data.bits.at(-1))} at ${last}; shuffled ${shown(data.baseline[0])}`,
      across: 'distance in tokens',
      up: 'bits',
      at: data.distances,
      values: data.bits,
      expected: [
        ...(data.expected ? [{ name: 'expected', values: data.expected }] : []),
        { name: 'shuffled', values: data.baseline },
      ],
      pinned: data.pinned,
    },
    size,
  );
}
