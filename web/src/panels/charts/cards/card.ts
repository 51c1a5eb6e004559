import type { Chart, Size } from '../../../charts/frame';
import type { Reading } from '../../../model/reading';

/** What the rows of a chart's table stand for in the data, where that can be shown. */
export type Behind =
  | { of: 'values'; name: string; title: string }
  | { of: 'ranks' | 'kinds' | 'ngrams' | 'tokens' | 'lags' | 'positions' };

/** A chart's card: its title, when it applies and how it is drawn. */
export interface ChartCard {
  title: string;
  /** The measure that the chart draws, if it is one. */
  measure?: string;
  subtitle: (reading: Reading) => string;
  /** The definition of what is drawn. */
  formula: (reading: Reading) => string;
  /** Whether it needs the slow measures. */
  isSlow?: boolean;
  /** Whether it is drawn without them and gains something by them. */
  isRefined?: boolean;
  /** Whether it needs the floor. */
  needsFloor?: boolean;
  behind?: Behind;
  /** Loads what it is drawn with, where that is not at hand. */
  load?: () => Promise<void>;
  /** Whether there is anything to draw for this data. */
  applies: (reading: Reading) => boolean;
  /** The chart; `pinned` is another reading to draw into it for comparison. */
  draw: (reading: Reading, size: Size, pinned?: Reading) => Chart;
}
