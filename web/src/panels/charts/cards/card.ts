import type { Chart, Size } from '../../../charts/frame';
import type { Reading } from '../../../model/reading';

/** A chart with its place on the page: what it is called, when it is there, how it is drawn. */
export interface ChartCard {
  title: string;
  subtitle: (reading: Reading) => string;
  /** The definition of what is drawn. */
  formula: (reading: Reading) => string;
  /** Whether it waits for the measures that take longer. */
  isSlow?: boolean;
  /** Whether the chart says anything about this data. */
  applies: (reading: Reading) => boolean;
  /** The chart; `pinned` is another reading to draw beside it. */
  draw: (reading: Reading, size: Size, pinned?: Reading) => Chart;
}
