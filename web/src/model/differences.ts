import type { Config, Parameter } from 'synthgen';

import type { Inspection } from './inspection';
import type { Comparison } from './reading';
import type { Preview } from './preview';

/** The keys whose values differ between two configs, in the order of their names. */
export function changedConfigKeys(before: Config, after: Config): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !isSame(before[key], after[key])).toSorted();
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

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

/** Whether the two are the same sequences of two datasets, so that tokens can be set side by side. */
export function areAligned(a: Preview, b: Preview): boolean {
  return a.split === b.split && a.from === b.from;
}

/** 1 for every token of `own` that `other` does not have at the same place, else 0. */
export function changedTokens(own: Preview, other: Preview): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(own.tokens.length).fill(1);
  const rows = Math.min(own.offsets.length, other.offsets.length) - 1;
  for (let row = 0; row < rows; row += 1) {
    const ownFirst = own.offsets[row] ?? 0;
    const otherFirst = other.offsets[row] ?? 0;
    const length = Math.min(
      (own.offsets[row + 1] ?? 0) - ownFirst,
      (other.offsets[row + 1] ?? 0) - otherFirst,
    );
    for (let i = 0; i < length; i += 1) {
      if (own.tokens[ownFirst + i] === other.tokens[otherFirst + i]) changed[ownFirst + i] = 0;
    }
  }
  return changed;
}

/** How two aligned previews relate, token by token. */
export interface Overlap {
  /** Tokens of B that A does not have at the same place, and all tokens of B. */
  changed: number;
  total: number;
  /** Noisy positions: of each alone, and of both. */
  noise: { onlyA: number; onlyB: number; both: number };
}

export function overlapOf({ preview: a }: Inspection, { preview: b }: Inspection): Overlap {
  const noise = { onlyA: 0, onlyB: 0, both: 0 };
  const rows = Math.max(a.latents.length, b.latents.length);
  for (let row = 0; row < rows; row += 1) {
    const ofA = new Set(a.latents[row]?.noise);
    const ofB = b.latents[row]?.noise ?? [];
    const shared = ofB.filter((position) => ofA.has(position)).length;
    noise.both += shared;
    noise.onlyA += ofA.size - shared;
    noise.onlyB += ofB.length - shared;
  }
  const changed = changedTokens(b, a).reduce((sum, mark) => sum + mark, 0);
  return { changed, total: b.tokens.length, noise };
}
