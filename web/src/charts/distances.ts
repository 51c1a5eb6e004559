import { formatMeasure } from '../model/format';
import { spreadAxis } from './axes';
import {
  bottomAxis,
  drawing,
  expectedPath,
  leftAxis,
  leftMargin,
  linePath,
  round,
  type Cell,
  type Chart,
  type Size,
  type Tick,
  svg,
  type SvgNode,
} from './frame';

/** A value at each distance under a name. */
export interface Course {
  name: string;
  values: readonly (number | null)[];
  /** Standard errors, where the values are estimates. */
  errors?: readonly (number | null)[] | undefined;
}

/** A value at each distance between two positions; null where it is not defined. */
export interface DistancesData {
  label: string;
  /** Title of the x axis: what the distance is. */
  across: string;
  /** Title of the y axis, with its unit. */
  up: string;
  /** Ascending. */
  at: readonly number[];
  values: readonly (number | null)[];
  /** What is expected at each distance: one or two courses, named at the top. */
  expected?: readonly Course[];
  pinned?: readonly (number | null)[] | undefined;
}

const top = 30;
const right = 10;
const bottom = 36;

/** A short level line around each point, joined where neighbours follow one another. */
function levels(points: readonly ([number, number] | null)[], slot: number): string {
  const half = Math.max(slot / 2, 4);
  const isAlone = (i: number) => !points[i - 1] && !points[i + 1];
  return linePath(
    points.flatMap((point, i) => {
      if (!point) return [null];
      const reach = isAlone(i) ? half : slot / 2;
      return [
        [point[0] - reach, point[1]],
        [point[0] + reach, point[1]],
      ] as [number, number][];
    }),
  );
}

const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);

/** Ticks at the first place and at multiples of a power of two. */
function distanceTicks(all: readonly number[], place: (distance: number) => number): Tick[] {
  const most = all.at(-1) ?? 1;
  const first = all[0] ?? 1;
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(most / 8)));
  return all
    .filter((distance) => distance === first || (distance % step === 0 && distance > 1))
    .map((distance) => ({ at: place(distance), text: String(distance) }));
}

/** A stem for each distance, or points on a line where the axis is logarithmic and has no zero. */
export function distances(data: DistancesData, size: Size): Chart {
  const { label, expected = [], pinned = [], values } = data;
  const drawn = known([...values, ...expected.flatMap((course) => course.values), ...pinned]);
  const y = spreadAxis(drawn.length > 0 ? drawn : [0, 1], [size.height - bottom, top], 4);
  const margins = { top, right, bottom, left: leftMargin(y.ticks) };
  // Distances count from 1, positions from 0.
  const first = data.at[0] ?? 1;
  const count = Math.max(1, (data.at.at(-1) ?? first) - first + 1);
  const slot = (size.width - margins.left - right) / count;
  const x = (distance: number) => margins.left + slot * (distance - first + 0.5);
  const points = (list: readonly (number | null)[]) =>
    data.at.map((distance, i): [number, number] | null => {
      const value = list[i] ?? null;
      return value === null ? null : [x(distance), y.place(value)];
    });
  const stems = data.at.flatMap((distance, i): SvgNode[] => {
    const value = values[i] ?? null;
    if (value === null) return [];
    const [zero, end] = [y.place(0), y.place(value)];
    const width = Math.max(1, round(slot * 0.7));
    const at = { class: 'bar', x: round(x(distance) - slot * 0.35), width };
    const height = Math.max(0.5, round(Math.abs(zero - end)));
    return [svg('rect', { ...at, y: round(Math.min(zero, end)), height })];
  });
  const names =
    expected.map(({ name }) => name).join(' (dashed), ') + (expected[1] ? ' (dotted)' : '');
  const columns = [
    data.across,
    data.up,
    ...expected.flatMap(({ name, errors }) => (errors ? [name, `${name}, error`] : [name])),
    ...(pinned.length > 0 ? ['pinned'] : []),
  ];
  const table = {
    columns,
    rows: data.at.map((distance, i): Cell[] => [
      distance,
      values[i] ?? null,
      ...expected.flatMap(({ values: course, errors }) =>
        errors ? [course[i] ?? null, errors[i] ?? null] : [course[i] ?? null],
      ),
      ...(pinned.length > 0 ? [pinned[i] ?? null] : []),
    ]),
  };
  return {
    label,
    table,
    marks: { along: 'x', at: data.at.map((at) => [x(at) - slot / 2, x(at) + slot / 2]), table },
    drawing: drawing(
      size,
      label,
      leftAxis(size, margins, y.ticks, y.isLog ? `${data.up} (log)` : data.up),
      ...(y.isLog ? [svg('path', { class: 'line', d: linePath(points(values)) })] : stems),
      ...(pinned.length > 0
        ? [svg('path', { class: 'pinned', d: levels(points(pinned), slot) })]
        : []),
      ...expected.map((course, i) =>
        expectedPath(size, margins, levels(points(course.values), slot), i > 0 ? '' : names),
      ),
      bottomAxis(size, margins, distanceTicks(data.at, x), data.across),
    ),
  };
}

export interface LagEqualityData {
  lags: readonly number[];
  /** At each lag the share of pairs that are equal; null without pairs. */
  shares: readonly (number | null)[];
  expected?: Course | undefined;
  pinned?: readonly (number | null)[] | undefined;
}

/** How often tokens recur at each lag; periods show as peaks. */
export function lagEquality(
  { lags, shares, expected, pinned }: LagEqualityData,
  size: Size,
): Chart {
  const order = lags
    .map((lag, i) => ({ lag, share: shares[i] ?? 0 }))
    .toSorted((a, b) => b.share - a.share);
  const most = order
    .slice(0, 3)
    .map(({ lag, share }) => `${formatMeasure(share)} at lag ${lag}`)
    .join(', ');
  return distances(
    {
      label: `Share of equal tokens at lags 1 to ${lags.at(-1) ?? 0}: most ${most}`,
      across: 'lag in tokens',
      up: 'share of pairs',
      at: lags,
      values: shares,
      expected: expected ? [expected] : [],
      pinned,
    },
    size,
  );
}

export interface MutualInformationData {
  distances: readonly number[];
  bits: readonly (number | null)[];
  /** The same estimate on shuffled tokens: its value without any dependence. */
  baseline: readonly (number | null)[];
  expected?: Omit<Course, 'name'> | undefined;
  pinned?: readonly (number | null)[] | undefined;
}

/** The information in a token about the one at each distance, with the shuffled baseline. */
export function mutualInformation(data: MutualInformationData, size: Size): Chart {
  const [first, last] = [data.distances[0] ?? 1, data.distances.at(-1) ?? 1];
  const shown = (value: number | null | undefined) =>
    value === null || value === undefined ? 'unknown' : `${formatMeasure(value)} bits`;
  return distances(
    {
      label: `Mutual information at distances ${first} to ${last}: ${shown(data.bits[0])} at ${first}, ${shown(data.bits.at(-1))} at ${last}; shuffled ${shown(data.baseline[0])}`,
      across: 'distance in tokens',
      up: 'bits',
      at: data.distances,
      values: data.bits,
      expected: [
        ...(data.expected ? [{ name: 'expected', ...data.expected }] : []),
        { name: 'shuffled', values: data.baseline },
      ],
      pinned: data.pinned,
    },
    size,
  );
}
