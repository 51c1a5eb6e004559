// Linear and log scales of numbers. Ticks and round ends are d3-array's; d3-scale, which also knows
// colours, dates and formats, would be a fifteenth of a first visit.

import { nice, tickStep, ticks as roundTicks } from 'd3-array';

/** About `count` round values from `from` to `to`, ascending. */
export function ticks(from: number, to: number, count: number): number[] {
  return to > from && Number.isFinite(to - from) ? roundTicks(from, to, count) : [from];
}

type Pair = readonly [number, number];

/** Where a value of the domain lies in the range; both may run either way. */
export interface Scale {
  (value: number): number;
}

export interface LinearScale extends Scale {
  domain: () => Pair;
  range: () => Pair;
  ticks: (count: number) => number[];
  /** With as many decimals as about `count` ticks need to differ. */
  tickFormat: (count: number) => (value: number) => string;
  /** The same with its domain widened to round values. */
  nice: (count: number) => LinearScale;
}

export function scaleLinear(domain: Pair, range: Pair): LinearScale {
  const [from, to] = domain;
  const place = (value: number) =>
    to === from ? range[0] : range[0] + ((value - from) / (to - from)) * (range[1] - range[0]);
  return Object.assign(place, {
    domain: () => domain,
    range: () => range,
    ticks: (count: number) => ticks(from, to, count),
    tickFormat: (count: number) => {
      const step = tickStep(0, Math.abs(to - from) || 1, Math.max(1, count));
      const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      return (value: number) => value.toFixed(Math.min(20, decimals));
    },
    nice: (count: number) => scaleLinear(to > from ? nice(from, to, count) : domain, range),
  });
}

/** Both ends of the domain are above 0. */
export function scaleLog([from, to]: Pair, range: Pair): Scale {
  const linear = scaleLinear([Math.log(from), Math.log(to)], range);
  return (value) => linear(Math.log(value));
}
