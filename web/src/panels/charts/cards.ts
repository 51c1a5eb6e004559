import { bars } from '../../charts/bars';
import type { Chart, Size } from '../../charts/frame';
import { histogram } from '../../charts/histogram';
import { rankFrequency } from '../../charts/rank_frequency';
import { formatCount, formatMeasure, formatPercent, withUnit } from '../../format';
import { expectationOf, type Inspection } from '../../preview/inspection';
import { kindClass } from '../../preview/kinds';

/** A chart with its place on the page: what it is called, when it is there, how it is drawn. */
export interface ChartCard {
  title: string;
  subtitle: (inspection: Inspection) => string;
  /** Whether the chart says anything about this data. */
  applies: (inspection: Inspection) => boolean;
  draw: (inspection: Inspection, size: Size) => Chart;
}

const always = () => true;

/** A histogram of one measure over sequences, with its mean beside it in words. */
function measureCard(
  title: string,
  name: string,
  axis: string,
  applies: ChartCard['applies'] = always,
): ChartCard {
  return {
    title,
    applies,
    subtitle: ({ comparisons, series }) => {
      const measured = comparisons.find((entry) => entry.name === name)?.measured;
      const count = withUnit(series.get(name)?.length ?? 0, 'sequences');
      return measured === undefined ? count : `mean ${formatMeasure(measured)} over ${count}`;
    },
    draw: ({ preview, series }, size) =>
      histogram(
        {
          title: title.toLowerCase(),
          axis,
          values: series.get(name) ?? [],
          expected: expectationOf(preview, name)?.value,
        },
        size,
      ),
  };
}

const structure: ChartCard = {
  title: 'Structure',
  subtitle: () => 'what made the tokens',
  applies: always,
  draw: ({ preview, shares }, size) =>
    bars(
      {
        label: `Share of positions: ${shares.map(({ kind, share }) => `${kind} ${formatPercent(share)}`).join(', ')}`,
        axis: 'share of positions',
        columns: ['kind', 'share of positions'],
        bars: shares.map(({ kind, share }) => {
          const expected =
            kind === 'noise' ? expectationOf(preview, 'noise_rate')?.value : undefined;
          return {
            name: kind,
            value: share,
            text: formatPercent(share),
            className: kindClass(kind),
            expected,
            expectedText: expected === undefined ? undefined : formatPercent(expected),
          };
        }),
        format: (value) => formatPercent(value),
      },
      size,
    ),
};

const tokenFrequency: ChartCard = {
  title: 'Token frequency',
  subtitle: ({ preview: { report } }) =>
    `${formatCount(report.vocab_usage)} ids in ${formatCount(report.num_tokens)} tokens`,
  applies: ({ preview: { report } }) => report.num_tokens > 0,
  draw: ({ preview: { report } }, size) =>
    rankFrequency(Object.values(report.token_distribution), size),
};

const ngrams: ChartCard = {
  title: 'Most common 3-grams',
  subtitle: ({ preview: { report } }) => `in ${formatCount(report.num_tokens)} tokens`,
  applies: ({ preview: { report } }) => report.pattern_detection.length > 0,
  draw: ({ preview: { report } }, size) => {
    const list = report.pattern_detection.map(({ pattern, count }) => ({
      name: pattern.join(' '),
      count,
    }));
    return bars(
      {
        label: `The most common 3-grams: ${list.map(({ name, count }) => `${name} ${formatCount(count)} times`).join(', ')}`,
        axis: 'occurrences',
        columns: ['3-gram', 'occurrences'],
        bars: list.map(({ name, count }) => ({ name, value: count, text: formatCount(count) })),
        format: (value) => (Number.isInteger(value) ? formatCount(value) : ''),
      },
      size,
    );
  },
};

/** Every chart, in the page's order. */
export const chartCards: ChartCard[] = [
  measureCard('Local coherence', 'local_coherence', 'share of neighbours that are equal'),
  measureCard('Global coherence', 'global_coherence', 'share of the most common token'),
  structure,
  tokenFrequency,
  ngrams,
  measureCard(
    'Length',
    'avg_length',
    'tokens',
    ({ preview: { report } }) => report.min_length !== report.max_length,
  ),
];
