import { lagEquality, type LagEqualityData, mutualInformation } from '../../../charts/distances';
import { formatMeasure } from '../../../model/format';
import { formulaOf, type Reading } from '../../../model/reading';
import type { ChartCard } from './card';

function expectedIn({ expectedLags }: Reading): LagEqualityData['expected'] {
  return expectedLags && { name: 'expected', values: expectedLags };
}

export const lagCard: ChartCard = {
  title: 'Equal tokens at lag',
  subtitle: () => 'periods show as peaks',
  formula: (reading) => formulaOf(reading, 'lag_equality'),
  isSlow: true,
  applies: ({ report }) => report.lag_equality?.share.some((share) => share !== null) ?? false,
  draw: (reading, size, pinned) => {
    const { lag = [], share = [] } = reading.report.lag_equality ?? {};
    return lagEquality(
      {
        lags: lag,
        shares: share,
        expected: expectedIn(reading),
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
      {
        distances: distance,
        bits,
        baseline,
        expected: report.expected?.mutual_information?.value.bits,
        pinned: pinned?.report.mutual_information?.bits,
      },
      size,
    );
  },
};
