import { withUnit } from '../../../model/format';
import { complexityCurve, complexitySeries, stages } from '../../../model/curriculum';
import type { Reading } from '../../../model/reading';
import type { ChartCard } from './card';
import { drawings, loadDrawings } from './chart_loader';

const hasEntropies = ({ series }: Reading) => (series.get(complexitySeries)?.length ?? 0) > 0;

/** How complex the sequences are, and which stages of a curriculum take them. */
export const complexityCard: ChartCard = {
  title: 'Complexity and curriculum',
  behind: { of: 'ranks' },
  load: loadDrawings,
  subtitle: ({ report }) =>
    `${withUnit(report.num_sequences, 'sequences')} and the stages that take them`,
  formula: (reading) =>
    hasEntropies(reading)
      ? 'entropy / log2(min(V, L)); a stage takes a range of ranks'
      : 'normalised Lempel-Ziv complexity; a stage takes a range of ranks',
  applies: (reading) => complexityCurve(reading).length > 1,
  draw: (reading, size, pinned) =>
    drawings().complexity(
      {
        curve: complexityCurve(reading),
        sequences: reading.report.num_sequences,
        stages: reading.stages ?? stages,
        isEdited: reading.stages !== undefined,
        pinned: pinned && complexityCurve(pinned),
      },
      size,
    ),
};
