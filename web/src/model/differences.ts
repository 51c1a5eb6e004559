import type { Config } from 'synthgen';

import type { Preview } from './preview';

/** The keys whose values differ between two configs, in the order of their names. */
export function changedConfigKeys(before: Config, after: Config): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !isSame(before[key], after[key])).toSorted();
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether the sequences that both have are as long in one as in the other. */
export function areAlike({ offsets: a }: Preview, { offsets: b }: Preview): boolean {
  const rows = Math.min(a.length, b.length);
  return a.subarray(0, rows).every((offset, row) => offset === b[row]);
}

/** Whether the two are the same part of two datasets. */
export function areSamePart(a: Preview, b: Preview): boolean {
  return a.split === b.split && a.from === b.from;
}

/** Whether each token of one has its counterpart in the other, so that they can be compared. */
export function areAligned(a: Preview, b: Preview): boolean {
  return areSamePart(a, b) && areAlike(a, b);
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
