import { bars } from '../../../charts/bars';
import { rankFrequency, type RankFrequencyData } from '../../../charts/rank_frequency';
import { formatCount, formatMeasure } from '../../../model/format';
import type { Reading } from '../../../model/reading';
import type { ChartCard } from './card';

/** Families whose tokens, all together, have the content's distribution. */
const drawnFromContent = ['random'];

/** The law that the config sets where it is the tokens' own, else the one fitted to them. */
function zipfOf({ config, report }: Reading): RankFrequencyData['zipf'] {
  const ids = Number(config?.['vocab_size']);
  if (config && drawnFromContent.includes(String(config['generator'])) && ids > 0) {
    const isZipf = config['vocab_distribution'] === 'zipf';
    const exponent = isZipf ? Number(config['zipf_exponent']) : 0;
    const name = isZipf ? `expected: Zipf, s = ${formatMeasure(exponent)}` : 'expected: uniform';
    return { exponent, ids, name };
  }
  const { zipf_exponent: fitted } = report;
  if (fitted === undefined || fitted === null) return undefined;
  return {
    exponent: fitted,
    ids: report.vocab_usage,
    name: `Zipf fit, s = ${formatMeasure(fitted)}`,
  };
}

const hasTokens = ({ report }: Reading) => report.num_tokens > 0;

export const frequencyCard: ChartCard = {
  title: 'Token frequency',
  measure: 'token_distribution',
  behind: { of: 'tokens' },
  subtitle: ({ report }) =>
    `${formatCount(report.vocab_usage)} ids in ${formatCount(report.num_tokens)} tokens`,
  formula: () => 'occurrences of the r-th most common id; Zipf: proportional to 1/r^s',
  isRefined: true,
  applies: hasTokens,
  draw: (reading, size, pinned) =>
    rankFrequency(
      {
        counts: Object.values(reading.report.token_distribution),
        zipf: zipfOf(reading),
        pinned: pinned && Object.values(pinned.report.token_distribution),
      },
      size,
    ),
};

export const ngramsCard: ChartCard = {
  title: 'Most common n-grams',
  measure: 'pattern_detection',
  behind: { of: 'ngrams' },
  subtitle: ({ report }) => {
    const n = report.pattern_detection[0]?.pattern.length ?? 0;
    return `${n} tokens in a row, in ${formatCount(report.num_tokens)} tokens`;
  },
  formula: () => 'occurrences of n given ids in a row, over all sequences',
  applies: ({ report }) => report.pattern_detection.length > 0,
  draw: ({ report }, size, pinned) => {
    const nameOf = (pattern: readonly number[]) => pattern.join(' ');
    const n = report.pattern_detection[0]?.pattern.length ?? 0;
    const others = new Map(
      pinned?.report.pattern_detection.map(({ pattern, count }) => [nameOf(pattern), count]),
    );
    // By rank: which n-grams are the most common is chance.
    const expected = report.expected?.['pattern_detection'];
    const values = (expected?.value ?? []) as number[];
    const errors = (expected?.standard_error ?? []) as number[];
    const list = report.pattern_detection.map(({ pattern, count }) => ({
      name: nameOf(pattern),
      count,
    }));
    return bars(
      {
        label: `The most common ${n}-grams: ${list.map(({ name, count }) => `${name} ${formatCount(count)} times`).join(', ')}`,
        axis: 'occurrences',
        columns: [`${n}-gram`, 'occurrences'],
        bars: list.map(({ name, count }, i) => ({
          name,
          value: count,
          text: formatCount(count),
          expected: values[i],
          error: errors[i],
          pinned: others.get(name),
        })),
        format: (value) => (Number.isInteger(value) ? formatCount(value) : ''),
      },
      size,
    );
  },
};
