import { formatMeasure } from '../model/format';
import { distances, type Course } from './distances';
import type { Chart, Size } from './frame';

export interface LagEqualityData {
  lags: readonly number[];
  /** Of the pairs that far apart the share that is equal; null where there is no pair. */
  shares: readonly (number | null)[];
  expected?: Course | undefined;
  pinned?: readonly (number | null)[] | undefined;
}

/** How often a token returns after so many positions: periods stand out. */
export function lagEquality(
  { lags, shares, expected, pinned }: LagEqualityData,
  size: Size,
): Chart {
  const order = lags
    .map((lag, i) => ({ lag, share: shares[i] ?? 0 }))
    .toSorted((a, b) => b.share - a.share);
  const most = order
    .slice(0, 3)
    .map(({ lag, share }) => `${formatMeasure(share)} at lag ${lag}`)
    .join(', ');
  return distances(
    {
      label: `Share of equal tokens at lags 1 to ${lags.at(-1) ?? 0}: most ${most}`,
      across: 'lag in tokens',
      up: 'share of pairs',
      at: lags,
      values: shares,
      expected: expected ? [expected] : [],
      pinned,
    },
    size,
  );
}
