import type { Config, Report, Split } from './index.js';

/** A number of the data in view. */
export interface ViewComparison {
  /** The measure. */
  name: string;
  unit: string;
  measured: number | undefined;
  /** What the settings lead to, where that has a closed form. */
  expected: number | undefined;
  /** Whether the two are within four standard errors; undefined where one is unknown. */
  agrees: boolean | undefined;
}

/** `detail` of the event `change`: the reader has changed a parameter. */
export interface ViewChange {
  config: Config;
  /** The part of a playground's address after `#` that holds the settings. */
  link: string;
}

/** `detail` of the event `measure`: the data in view is measured. */
export interface ViewMeasures {
  config: Config;
  split: Split;
  /** Index of the first sequence in view. */
  from: number;
  report: Partial<Report>;
  comparisons: ViewComparison[];
}

/**
 * `<synthgen-view>`: sequences, their measures and charts in a page. Importing this module defines it, if
 * there is a page; without one it does nothing. Attributes: `config`, `pinned`, `link`, `view`, `controls`,
 * `theme`, `playground`.
 */
export declare class SynthgenView extends HTMLElement {
  /** The settings as the reader has changed them; undefined before the first data. */
  readonly current: ViewChange | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'synthgen-view': SynthgenView;
  }
}
