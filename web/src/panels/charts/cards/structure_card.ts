import { bars } from '../../../charts/bars';
import { formatPercent } from '../../../model/format';
import { kindClass } from '../../../model/kinds';
import type { ChartCard } from './card';

/** The share of positions of each kind, measured and expected. */
export const structureCard: ChartCard = {
  title: 'Structure',
  behind: { of: 'kinds' },
  subtitle: (reading) => {
    const share = reading.comparisons.find(({ name }) => name === 'pattern_share');
    if (share?.measured === undefined) return 'the kind of every position';
    const expected =
      share.expected === undefined ? '' : `, expected ${formatPercent(share.expected)}`;
    return `${formatPercent(share.measured)} in patterns${expected}`;
  },
  formula: () => 'positions of a kind / all positions; noise covers what it replaces',
  applies: ({ shares }) => shares.length > 0,
  draw: (reading, size, pinned) => {
    const { shares } = reading;
    const pinnedShare = (kind: string) =>
      pinned?.shares.find((entry) => entry.kind === kind)?.share;
    return bars(
      {
        label: `Share of positions: ${shares.map(({ kind, share }) => `${kind} ${formatPercent(share)}`).join(', ')}`,
        axis: 'share of positions',
        columns: ['kind', 'share of positions'],
        bars: shares.map(({ kind, share, expected }) => ({
          name: kind,
          value: share,
          text: formatPercent(share),
          className: kindClass(kind),
          expected,
          pinned: pinned && (pinnedShare(kind) ?? 0),
        })),
        format: formatPercent,
      },
      size,
    );
  },
};
