import type { Measure } from 'synthgen';

import type { Course, LagEqualityData } from '../../../charts/distances';
import { formatMeasure } from '../../../model/format';
import { formulaOf, type Reading } from '../../../model/reading';
import type { ChartCard } from './card';
import { drawings, loadDrawings } from './chart_loader';

function expectedIn({ expectedLags }: Reading): LagEqualityData['expected'] {
  return expectedLags && { name: 'expected', values: expectedLags };
}

export const lagCard: ChartCard = {
  title: 'Equal tokens at lag',
  behind: { of: 'lags' },
  load: loadDrawings,
  measure: 'lag_equality',
  subtitle: () => 'periods show as peaks',
  formula: (reading) => formulaOf(reading, 'lag_equality'),
  isSlow: true,
  applies: ({ report }) => report.lag_equality?.share.some((share) => share !== null) ?? false,
  draw: (reading, size, pinned) => {
    const { lag = [], share = [] } = reading.report.lag_equality ?? {};
    return drawings().lagEquality(
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
  measure: 'mutual_information',
  load: loadDrawings,
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
    const expected = report.expected?.mutual_information;
    return drawings().mutualInformation(
      {
        distances: distance,
        bits,
        baseline,
        expected: expected && {
          values: expected.value.bits,
          errors: (expected.standard_error as { bits?: Course['values'] } | undefined)?.bits,
        },
        pinned: pinned?.report.mutual_information?.bits,
      },
      size,
    );
  },
};

/** The card of a measure with a curve that has no card of its own. */
export function curveCard({ name, group, curve, unit, in_page }: Measure): ChartCard {
  const { places, lines, title, across, up } = curve!;
  const [first = '', ...others] = lines;
  const listsIn = ({ report }: Reading) =>
    ((report as unknown as Record<string, unknown>)[name] ?? {}) as Record<
      string,
      Course['values']
    >;
  const expectedCourses = ({ report }: Reading) => {
    const value = report.expected?.[name]?.value as Record<string, Course['values']> | undefined;
    return Array.isArray(value) ? (value as Course['values']) : value?.[first];
  };
  return {
    title,
    measure: name,
    load: loadDrawings,
    subtitle: () => (unit === '' ? `by ${places}` : `in ${unit}`),
    formula: (reading) => formulaOf(reading, name),
    ...(places === 'position' && { behind: { of: 'positions' } }),
    isSlow: in_page === 'after_preview',
    needsFloor: group === 'predictive_bits',
    applies: (reading) => listsIn(reading)[first]?.some((value) => value !== null) ?? false,
    draw: (reading, size, pinned) => {
      const lists = listsIn(reading);
      const values = lists[first] ?? [];
      const expected = expectedCourses(reading);
      const at = (lists[places] ?? []) as number[];
      const known = Math.max(
        0,
        values.findIndex((value) => value !== null),
      );
      return drawings().distances(
        {
          label: `${title} ${at[0] ?? 0} to ${at.at(-1) ?? 0}: ${formatMeasure(values[known] ?? 0)} at ${at[known] ?? 0}`,
          across,
          up,
          at,
          values,
          expected: [
            ...(expected ? [{ name: 'expected', values: expected }] : []),
            ...others.map((line) => ({ name: line, values: lists[line] ?? [] })),
          ],
          pinned: pinned && listsIn(pinned)[first],
        },
        size,
      );
    },
  };
}
