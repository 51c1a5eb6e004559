import type { Config, Synthgen } from 'synthgen';

import { element, type Html } from '../reference/markup';
import { encodeHash } from '../src/state/hash';
import { openingView } from '../src/state/state';

const [width, height, left, bottom] = [560, 180, 44, 28];
const sequences = 400;

interface Line {
  name: string;
  values: (number | null)[];
}

/** Points of a line as SVG takes them, missing values left out. */
function path(values: readonly (number | null)[], x: (i: number) => number, most: number): string {
  const points = values.flatMap((value, i) =>
    value === null ? [] : [`${x(i).toFixed(1)} ${y(value, most).toFixed(1)}`],
  );
  return `M${points.join('L')}`;
}

const y = (value: number, most: number) => 6 + (height - bottom - 6) * (1 - value / most);

const label = (at: { x: number; y: number; anchor: string }, text: string) =>
  element('text', { x: String(at.x), y: String(at.y), 'text-anchor': at.anchor }, text);

function chart(lines: readonly Line[], positions: readonly number[], description: string): Html {
  const most = Math.max(...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const last = positions.length - 1;
  const x = (i: number) => left + ((width - left - 6) * i) / Math.max(1, last);
  const base = y(0, most);
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': description },
    element('path', { class: 'axis', d: `M${left} 6V${base}H${width - 6}` }),
    lines.map(({ name, values }) =>
      element('path', { class: `line-${name}`, d: path(values, x, most) }),
    ),
    label({ x: left - 6, y: 12, anchor: 'end' }, most.toFixed(2)),
    label({ x: left - 6, y: base, anchor: 'end' }, '0'),
    label({ x: left, y: height - 8, anchor: 'start' }, `position ${positions[0]}`),
    label({ x: width - 6, y: height - 8, anchor: 'end' }, String(positions[last])),
  );
}

const meanings: Record<string, string> = {
  floor: 'the floor: what the best possible model pays',
  oracle: 'with the structure told',
  unigram: 'by token frequencies alone',
};

/**
 * Makes charts from blocks `synthgen-floor`, whose text is a config in JSON: what a token costs by
 * position, in bits, as the playground computes it in full.
 */
export function floorCharts(core: Synthgen, root: string) {
  const parameters = core.parameters();
  return (text: string): Html => {
    const config: Config = JSON.parse(text);
    const generator = core.generator(config);
    const { report, noFloor } = generator.floorMeasures({ count: sequences });
    generator.delete();
    const curve = report.predictive_bits_by_position;
    if (curve === undefined) throw new Error(`synthgen-floor: ${noFloor ?? 'no curve'}`);
    const lines = Object.keys(meanings)
      .map((name) => ({ name, values: curve[name as 'floor' | 'oracle' | 'unigram'] }))
      .filter(({ values }) => values.some((value) => value !== null));
    const floor = curve.floor.filter((value) => value !== null);
    const description = `Bits per token by position: the floor begins at ${floor[0]?.toFixed(2)} and ends at ${floor.at(-1)?.toFixed(2)}`;
    const hash = encodeHash({ config, view: openingView }, parameters);
    return element(
      'figure',
      { class: 'floor-chart' },
      chart(lines, curve.position, description),
      element(
        'figcaption',
        {},
        `${description}, the mean of ${sequences} sequences. `,
        element('a', { href: `${root}#${hash}` }, 'Open in the playground'),
        element(
          'ul',
          { class: 'legend' },
          lines.map(({ name }) =>
            element(
              'li',
              { class: `line-${name}` },
              element('span', { class: 'stroke' }),
              meanings[name],
            ),
          ),
        ),
      ),
    );
  };
}
