import { nice, tickStep, ticks as roundTicks } from 'd3-array';

import { formatCount, formatTick } from '../model/format';
import type { Tick } from './frame';

// Linear and log scales of numbers. Ticks and round ends are d3-array's; d3-scale, which also knows
// colours, dates and formats, would be a fifteenth of a first visit.

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
  /** With enough decimals that about `count` ticks differ. */
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

/** Values spread over this factor or more are shown on a log scale. */
const manyDecades = 100;
const mostLogTicks = 5;

/** An axis: where a value lies, and its ticks. */
export interface Axis {
  place: (value: number) => number;
  ticks: Tick[];
  isLog: boolean;
}

/** 1, 2 and 5 times powers of ten from below `from` to above `to`. */
function roundSteps(from: number, to: number): number[] {
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(from)); 10 ** power <= to * 10; power += 1) {
    for (const digit of [1, 2, 5]) steps.push(Number(`${digit}e${power}`));
  }
  const first = steps.findLastIndex((step) => step <= from);
  const last = steps.findIndex((step) => step >= to);
  return steps.slice(Math.max(0, first), last + 1);
}

/** Round steps around a range, thinned to powers of ten where there are many. */
export function logTicks(from: number, to: number): { domain: [number, number]; ticks: number[] } {
  const steps = roundSteps(from, to === from ? from * 2 : to);
  const powers = steps.filter((step) => step.toExponential().startsWith('1e'));
  const sparse = Math.ceil(powers.length / mostLogTicks);
  return {
    domain: [steps[0] ?? 1, steps.at(-1) ?? 10],
    ticks:
      steps.length > mostLogTicks && powers.length > 1
        ? powers.filter((_, i) => i % sparse === 0)
        : steps,
  };
}

/** A log axis around [from, to], both above 0; `isTight` ends it at the range itself. */
export function logAxis(
  from: number,
  to: number,
  range: readonly [number, number],
  isTight = false,
): Axis {
  const { domain, ticks: steps } = logTicks(from, to);
  const place = scaleLog(isTight ? [from, to] : domain, range);
  const shown = isTight ? steps.filter((value) => from <= value && value <= to) : steps;
  return {
    place,
    ticks: shown.map((value) => ({ at: place(value), text: formatTick(value) })),
    isLog: true,
  };
}

/** A linear axis around [from, to], rounded outwards, with about `count` ticks. */
export function linearAxis(
  from: number,
  to: number,
  range: readonly [number, number],
  count: number,
): Axis {
  const scale = scaleLinear([from, to === from ? from + 1 : to], range).nice(count);
  return { place: scale, ticks: ticksOf(scale, count), isLog: false };
}

/** A scale's ticks, with enough digits that they differ. */
export function ticksOf(scale: LinearScale, count: number): Tick[] {
  const values = scale.ticks(count);
  const areCounts = values.every((value) => Number.isInteger(value));
  const text = areCounts ? formatCount : scale.tickFormat(count);
  return values.map((value) => ({ at: scale(value), text: text(value) }));
}

/** A log axis where positive values span decades, else a linear one from 0 or below. */
export function spreadAxis(
  values: readonly number[],
  range: readonly [number, number],
  count: number,
): Axis {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least > 0 && most / least >= manyDecades) return logAxis(least, most, range);
  const up = scaleLinear([0, Math.max(0, most) || 1], range).nice(count);
  // What lies a little below 0, as corrected estimates can, needs room and no tick of its own.
  const scale = scaleLinear([Math.min(0, least), up.domain()[1]], range);
  return { place: scale, ticks: ticksOf(scale, count), isLog: false };
}
