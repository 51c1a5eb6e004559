import { bars } from '../../../charts/bars';
import { formatPercent } from '../../../model/format';
import { kindClass } from '../../../model/kinds';
import { expectationOf, type Reading } from '../../../model/reading';
import type { ChartCard } from './card';

/**
 * Share of the positions that each kind should have: what a family promises of its spans, less what
 * noise covers.
 */
export function expectedShares(reading: Reading): Map<string, number> {
  const shares = new Map<string, number>();
  const noise = expectationOf(reading, 'noise_rate')?.value;
  if (noise === undefined) return shares;
  shares.set('noise', noise);
  const clean = 1 - noise;
  const pattern = expectationOf(reading, 'pattern_share')?.value;
  const successor = expectationOf(reading, 'successor_rate')?.value;
  const { generator, pattern_types } = reading.config ?? {};
  if (generator === 'random') shares.set('fresh', clean);
  if (generator === 'pattern' && pattern !== undefined && Array.isArray(pattern_types)) {
    shares.set('fresh', (1 - pattern) * clean);
    for (const type of pattern_types as string[]) {
      shares.set(type, (pattern / pattern_types.length) * clean);
    }
  }
  if (generator === 'hierarchical' && successor !== undefined) {
    shares.set('successor', successor * clean);
  }
  return shares;
}

/** The share of positions of each kind, measured and expected. */
export const structureCard: ChartCard = {
  title: 'Structure',
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
    const expected = expectedShares(reading);
    const pinnedShare = (kind: string) =>
      pinned?.shares.find((entry) => entry.kind === kind)?.share;
    return bars(
      {
        label: `Share of positions: ${shares.map(({ kind, share }) => `${kind} ${formatPercent(share)}`).join(', ')}`,
        axis: 'share of positions',
        columns: ['kind', 'share of positions'],
        bars: shares.map(({ kind, share }) => ({
          name: kind,
          value: share,
          text: formatPercent(share),
          className: kindClass(kind),
          expected: expected.get(kind),
          pinned: pinned && (pinnedShare(kind) ?? 0),
        })),
        format: formatPercent,
      },
      size,
    );
  },
};
