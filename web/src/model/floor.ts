import type { FloorMeasures, Measure } from 'synthgen';

import { comparisonsOf } from './comparisons';
import type { Reading } from './reading';

/** The floor of some sequences and what shortcuts reach on them, with all the core's measures. */
export interface Floor extends FloorMeasures {
  measures: Measure[];
}

/** A rule that knows nothing of the structure, and what it reaches. */
export interface Shortcut {
  name: string;
  /** What it predicts from, and how it was fitted. */
  formula: string;
  bits: number;
  accuracy: number | undefined;
}

const floorMeasures = ['predictive_bits_per_token', 'predictive_bits_by_position'];

/** The reading with the floor next to the other numbers. */
export function withFloor(reading: Reading, floor: Floor): Reading {
  const found = Object.entries(floor.report).filter(([name]) => floorMeasures.includes(name));
  const report = { ...reading.report, ...Object.fromEntries(found) };
  const { truth, series } = reading;
  const { measures } = floor;
  const comparisons = comparisonsOf({ report, truth, series, measures }).map((comparison) =>
    comparison.name === floorMeasures[0] && floor.target === 'labels'
      ? { ...comparison, name: 'predictive_bits_per_label' }
      : comparison,
  );
  return { ...reading, report, measures, comparisons, floor, awaitsFloor: false };
}

/** What each shortcut reaches, as far as it can be asked about these sequences. */
export function shortcutsOf({ report, measures }: Floor): Shortcut[] {
  const numbers = report as unknown as Record<string, unknown>;
  return measures
    .filter(({ group, name }) => group === 'baselines' && name.endsWith('_bits'))
    .flatMap(({ name, formula }) => {
      const bits = numbers[name];
      const accuracy = numbers[name.replace(/_bits$/, '_accuracy')];
      if (typeof bits !== 'number') return [];
      return {
        name: name.replace(/^shortcut_|_bits$/g, '').replaceAll('_', ' '),
        formula,
        bits,
        accuracy: typeof accuracy === 'number' ? accuracy : undefined,
      };
    });
}
