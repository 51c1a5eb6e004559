import type { Config, Parameter } from 'synthgen';

import { changedConfigKeys, changedTokens } from '../../model/differences';
import type { Inspection } from '../../model/inspection';
import type { Preview } from '../../model/preview';
import type { Comparison } from '../../model/reading';

/** A parameter with its two values, undefined where the family has no such parameter. */
export interface ParameterDifference {
  key: string;
  label: string;
  a: unknown;
  b: unknown;
}

/** The parameters that differ between two canonical configs, in the table's order. */
export function parameterDifferences(
  a: Config,
  b: Config,
  parameters: readonly Parameter[],
): ParameterDifference[] {
  const changed = new Set(changedConfigKeys(a, b));
  return parameters
    .filter(({ key }) => changed.has(key))
    .map(({ key, label }) => ({ key, label, a: a[key], b: b[key] }));
}

/** A measure with what was measured and expected of each side. */
export interface MeasureDifference {
  name: string;
  unit: string;
  a: Comparison | undefined;
  b: Comparison | undefined;
}

/** The measures that differ between two previews, B's first, then what only A has. */
export function measureDifferences(
  a: readonly Comparison[],
  b: readonly Comparison[],
): MeasureDifference[] {
  const names = new Set([...b, ...a].map(({ name }) => name));
  return [...names]
    .map((name) => {
      const ofA = a.find((entry) => entry.name === name);
      const ofB = b.find((entry) => entry.name === name);
      return { name, unit: (ofB ?? ofA)?.unit ?? '', a: ofA, b: ofB };
    })
    .filter(({ a: ofA, b: ofB }) => ofA?.measured !== ofB?.measured);
}

/** How two aligned previews relate, token by token. */
export interface Overlap {
  /** Tokens of B that A does not have at the same place, and all tokens of B. */
  changed: number;
  total: number;
  /** Noisy positions: of each alone, and of both. */
  noise: { onlyA: number; onlyB: number; both: number };
}

/** The noisy positions of each sequence. */
function noiseOf({ structure, kindNames, offsets }: Preview): (row: number) => number[] {
  const noise = kindNames.indexOf('noise');
  return (row) =>
    [...structure.kinds.subarray(offsets[row], offsets[row + 1] ?? 0)].flatMap((kind, position) =>
      kind === noise ? [position] : [],
    );
}

export function overlapOf({ preview: a }: Inspection, { preview: b }: Inspection): Overlap {
  const noise = { onlyA: 0, onlyB: 0, both: 0 };
  const noiseOfA = noiseOf(a);
  const noiseOfB = noiseOf(b);
  const rows = Math.max(a.offsets.length, b.offsets.length) - 1;
  for (let row = 0; row < rows; row += 1) {
    const ofA = new Set(noiseOfA(row));
    const ofB = noiseOfB(row);
    const shared = ofB.filter((position) => ofA.has(position)).length;
    noise.both += shared;
    noise.onlyA += ofA.size - shared;
    noise.onlyB += ofB.length - shared;
  }
  const changed = changedTokens(b, a).reduce((sum, mark) => sum + mark, 0);
  return { changed, total: b.tokens.length, noise };
}
