import { sampleOf, type Sample } from '../../../charts/bins';
import { histogram } from '../../../charts/histogram';
import { formatMeasure, withUnit } from '../../../model/format';
import { expectationOf, formulaOf, type Reading } from '../../../model/reading';
import type { ChartCard } from './card';

interface Measured {
  title: string;
  /** The series and the report's distribution. */
  name: string;
  /** The name among the core's measures, where it is another. */
  measure?: string;
  /** The x axis's title with its unit. */
  axis: string;
}

function sampleIn(reading: Reading, name: string): Sample | undefined {
  const values = reading.series.get(name);
  if (values !== undefined && values.length > 0) return sampleOf(values);
  const given = reading.report.distributions?.[name];
  if (!given) return undefined;
  const { count, mean, min, max, histogram: bins } = given;
  const isOne = min !== null && min === max;
  return { count, mean, bins: isOne ? { edges: [min, max], counts: [count] } : bins };
}

/** A histogram of one measure over sequences, with its mean in the subtitle. */
export function measureCard(
  { title, name, measure = name, axis }: Measured,
  isTold: (reading: Reading) => boolean = () => true,
): ChartCard {
  const sampleOfReading = (reading: Reading) => sampleIn(reading, name);
  return {
    title,
    measure,
    behind: { of: 'values', name, title: title.toLowerCase() },
    applies: (reading) => isTold(reading) && (sampleOfReading(reading)?.count ?? 0) > 0,
    subtitle: (reading) => {
      const sample = sampleOfReading(reading);
      if (!sample) return '';
      return `mean ${formatMeasure(sample.mean)} over ${withUnit(sample.count, 'sequences')}`;
    },
    formula: (reading) => formulaOf(reading, measure),
    draw: (reading, size, pinned) => {
      const expectation = expectationOf(reading, name);
      return histogram(
        {
          title: title.toLowerCase(),
          axis,
          sample: sampleOfReading(reading) ?? sampleOf([]),
          expected: expectation?.value,
          error: expectation?.error,
          pinned: pinned && sampleOfReading(pinned),
        },
        size,
      );
    },
  };
}
