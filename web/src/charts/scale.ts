// Linear and log scales and their ticks: what the charts need, and no more, since a first visit
// pays for every byte.

/** The round step (1, 2 or 5 times a power of ten) that cuts a length into about `count` pieces. */
function roundStep(length: number, count: number): { digit: number; power: number } {
  const step = length / Math.max(1, count);
  const power = Math.floor(Math.log10(step));
  const left = step / 10 ** power;
  // Where a step is nearer, by ratio, to the next digit.
  if (left >= Math.sqrt(50)) return { digit: 1, power: power + 1 };
  if (left >= Math.sqrt(10)) return { digit: 5, power };
  return { digit: left >= Math.SQRT2 ? 2 : 1, power };
}

/** `i` steps as the nearest double to the decimal number. */
function multiple(i: number, { digit, power }: { digit: number; power: number }): number {
  return power < 0 ? (i * digit) / 10 ** -power : i * digit * 10 ** power;
}

/** About `count` round values from `from` to `to`, ascending. */
export function ticks(from: number, to: number, count: number): number[] {
  if (!(to > from) || !Number.isFinite(to - from)) return [from];
  const step = roundStep(to - from, count);
  const size = multiple(1, step);
  // An end that is a multiple of the step is a tick, whatever the division makes of it.
  const first = Math.ceil(from / size - 1e-9);
  const last = Math.floor(to / size + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => multiple(first + i, step));
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
      const { power } = roundStep(Math.abs(to - from) || 1, count);
      return (value: number) => value.toFixed(Math.min(20, Math.max(0, -power)));
    },
    nice: (count: number) => {
      if (!(to > from)) return scaleLinear(domain, range);
      const step = roundStep(to - from, count);
      const size = multiple(1, step);
      return scaleLinear(
        [
          multiple(Math.floor(from / size + 1e-9), step),
          multiple(Math.ceil(to / size - 1e-9), step),
        ],
        range,
      );
    },
  });
}

/** Both ends of the domain are above 0. */
export function scaleLog([from, to]: Pair, range: Pair): Scale {
  const linear = scaleLinear([Math.log(from), Math.log(to)], range);
  return (value) => linear(Math.log(value));
}
