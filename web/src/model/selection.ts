import { formatCount, formatMeasure, formatPercent, withUnit } from './format';
import { complexitySeries } from './curriculum';
import type { Preview } from './preview';

/** Some of the tokens in view, by what makes them be chosen; it holds for other data as well. */
export type Selection =
  /** All of the sequences with a value of a measure in a range; the last one includes its end. */
  | { of: 'values'; name: string; title: string; from: number; to: number; isLast: boolean }
  /** All of the sequences in a range of ranks by complexity, from 0 to 1. */
  | { of: 'ranks'; from: number; to: number }
  | { of: 'kinds'; kinds: readonly string[] }
  /** Every occurrence of some ids in a row. */
  | { of: 'ids'; ids: readonly number[] }
  /** Tokens that are the same as the one so many positions before, and those. */
  | { of: 'lag'; lag: number }
  | { of: 'positions'; from: number; to: number };

/** What a selection finds in some data. */
export interface Found {
  /** What was looked for, and how much of it there is. */
  words: string;
  /** 1 for each chosen token. */
  cells: Uint8Array;
  /** Indices of the tokens where each place begins, ascending. */
  places: Uint32Array;
}

/** A value for each sequence; null where it is not defined. */
export function valuesOf({ report }: Preview, name: string): (number | null)[] | undefined {
  const measured = (report.per_sequence ?? {}) as Record<string, (number | null)[]>;
  return measured[name];
}

/** By sequence its rank among all by complexity, from 0 to 1. */
export function complexityRanks(preview: Preview): number[] {
  const values = valuesOf(preview, complexitySeries) ?? valuesOf(preview, 'lz_complexity') ?? [];
  const order = values.map((_, i) => i).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = order.map(() => 0);
  order.forEach((row, rank) => (ranks[row] = rank / Math.max(1, order.length - 1)));
  return ranks;
}

/** Marks runs of tokens. */
class Marks {
  readonly cells: Uint8Array;
  readonly places: number[] = [];

  constructor(tokens: number) {
    this.cells = new Uint8Array(tokens);
  }

  add(first: number, end: number): void {
    this.places.push(first);
    this.cells.fill(1, first, end);
  }
}

/** Calls `visit` with the range of tokens of each sequence. */
function eachRow(
  { offsets }: Preview,
  visit: (first: number, end: number, row: number) => void,
): void {
  for (let row = 0; row + 1 < offsets.length; row += 1)
    visit(offsets[row] ?? 0, offsets[row + 1] ?? 0, row);
}

/** Marks whole sequences, and says how many they are. */
function rowsWhere(preview: Preview, marks: Marks, isChosen: (row: number) => boolean): string {
  eachRow(preview, (first, end, row) => {
    if (first < end && isChosen(row)) marks.add(first, end);
  });
  const all = preview.offsets.length - 1;
  return `${formatCount(marks.places.length)} of ${withUnit(all, 'sequences')}`;
}

/** Marks runs of neighbouring tokens in a sequence, and says how many tokens they are. */
function tokensWhere(
  preview: Preview,
  marks: Marks,
  isChosen: (i: number, first: number) => boolean,
) {
  let count = 0;
  eachRow(preview, (first, end) => {
    let start = first;
    for (let i = first; i <= end; i += 1) {
      if (i < end && isChosen(i, first)) continue;
      if (i > start) marks.add(start, i);
      count += i - start;
      start = i + 1;
    }
  });
  const share = formatPercent(count / Math.max(1, preview.tokens.length));
  return `${withUnit(count, 'tokens')} (${share})`;
}

function occurrences(preview: Preview, marks: Marks, ids: readonly number[]): string {
  const { tokens } = preview;
  eachRow(preview, (first, end) => {
    for (let i = first; i + ids.length <= end; i += 1)
      if (ids.every((id, k) => tokens[i + k] === id)) marks.add(i, i + ids.length);
  });
  return withUnit(marks.places.length, 'places');
}

function pairsAt(preview: Preview, marks: Marks, lag: number): string {
  const { tokens } = preview;
  eachRow(preview, (first, end) => {
    for (let i = first + lag; i < end; i += 1) {
      if (tokens[i] !== tokens[i - lag]) continue;
      marks.add(i, i + 1);
      marks.cells[i - lag] = 1;
    }
  });
  return withUnit(marks.places.length, 'pairs');
}

/** What is chosen, in words. */
function wordsOf(selection: Selection): string {
  switch (selection.of) {
    case 'values': {
      const { title, from, to } = selection;
      if (from === to) return `${title} ${formatMeasure(from)}`;
      return `${title} from ${formatMeasure(from)} to ${formatMeasure(to)}`;
    }
    case 'ranks':
      return `complexity ranks ${formatPercent(selection.from)} to ${formatPercent(selection.to)}`;
    case 'kinds':
      return selection.kinds.join(', ');
    case 'ids': {
      const { ids } = selection;
      return ids.length === 1 ? `token ${ids[0]}` : `${ids.length}-gram ${ids.join(' ')}`;
    }
    case 'lag':
      return `equal tokens at lag ${selection.lag}`;
    case 'positions': {
      const { from, to } = selection;
      return from === to ? `position ${from}` : `positions ${from} to ${to}`;
    }
  }
}

function mark(preview: Preview, marks: Marks, selection: Selection): string {
  switch (selection.of) {
    case 'values': {
      const { name, from, to, isLast } = selection;
      const values = valuesOf(preview, name) ?? [];
      return rowsWhere(preview, marks, (row) => {
        const value = values[row] ?? null;
        return value !== null && from <= value && (value < to || (isLast && value === to));
      });
    }
    case 'ranks': {
      const ranks = complexityRanks(preview);
      return rowsWhere(preview, marks, (row) => {
        const rank = ranks[row] ?? -1;
        return selection.from <= rank && rank <= selection.to;
      });
    }
    case 'kinds': {
      const { kindNames, structure } = preview;
      const chosen = new Set(selection.kinds.map((kind) => kindNames.indexOf(kind)));
      return tokensWhere(preview, marks, (i) => chosen.has(structure.kinds[i] ?? -1));
    }
    case 'ids':
      return occurrences(preview, marks, selection.ids);
    case 'lag':
      return pairsAt(preview, marks, selection.lag);
    case 'positions': {
      const { from, to } = selection;
      return tokensWhere(preview, marks, (i, first) => i - first >= from && i - first <= to);
    }
  }
}

/** Finds the chosen tokens in some data. */
export function find(selection: Selection, preview: Preview): Found {
  const marks = new Marks(preview.tokens.length);
  const count = mark(preview, marks, selection);
  return {
    words: `${wordsOf(selection)}: ${count}`,
    cells: marks.cells,
    places: Uint32Array.from(marks.places),
  };
}
