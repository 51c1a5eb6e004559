import { lagEquality, type LagEqualityData } from '../../../charts/lag_equality';
import { mutualInformation } from '../../../charts/mutual_information';
import { formatMeasure } from '../../../format';
import { expectationOf, formulaOf, type Reading } from '../../../readings/reading';
import type { ChartCard } from './card';

/** Independent tokens are as often equal at any lag; else only neighbours are known in closed form. */
function expectedAtLags(reading: Reading, lags: readonly number[]): LagEqualityData['expected'] {
  const neighbours = expectationOf(reading, 'local_coherence')?.value;
  if (neighbours === undefined) return undefined;
  const isIndependent = reading.config?.['generator'] === 'random';
  return {
    name: 'expected',
    values: lags.map((lag) => (lag === 1 || isIndependent ? neighbours : null)),
  };
}

export const lagCard: ChartCard = {
  title: 'Equal tokens at lag',
  subtitle: () => 'periods stand out',
  formula: (reading) => formulaOf(reading, 'lag_equality'),
  isSlow: true,
  applies: ({ report }) => report.lag_equality?.share.some((share) => share !== null) ?? false,
  draw: (reading, size, pinned) => {
    const { lag = [], share = [] } = reading.report.lag_equality ?? {};
    return lagEquality(
      {
        lags: lag,
        shares: share,
        expected: expectedAtLags(reading, lag),
        pinned: pinned?.report.lag_equality?.share,
      },
      size,
    );
  },
};

export const informationCard: ChartCard = {
  title: 'Mutual information at distance',
  subtitle: ({ report }) => {
    const first = report.mutual_information?.bits[0];
    return first === undefined || first === null
      ? 'in bits'
      : `${formatMeasure(first)} bits between neighbours`;
  },
  formula: (reading) => formulaOf(reading, 'mutual_information'),
  isSlow: true,
  applies: ({ report }) => report.mutual_information?.bits.some((bits) => bits !== null) ?? false,
  draw: ({ report }, size, pinned) => {
    const { distance = [], bits = [], baseline = [] } = report.mutual_information ?? {};
    return mutualInformation(
      { distances: distance, bits, baseline, pinned: pinned?.report.mutual_information?.bits },
      size,
    );
  },
};
