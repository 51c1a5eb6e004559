/** Where a token's id occurs in its own sequence. */
export interface Repeats {
  /** Distance to the nearest earlier occurrence, in tokens; 0 if there is none. */
  distance: number;
  /** Occurrences in the whole sequence, including this one. */
  count: number;
}

/** Ids below this have a place of their own in a table; a table for all ids would not fit. */
const mostPlaces = 2 ** 20;

/** The last place of each id: a table, or a map if ids are too large for one. */
function lastPlaces(tokens: Uint32Array): {
  get: (token: number) => number | undefined;
  set: (token: number, at: number) => void;
} {
  let largest = 0;
  for (const token of tokens) if (token > largest) largest = token;
  if (largest >= mostPlaces) return new Map<number, number>();
  const table = new Int32Array(largest + 1).fill(-1);
  return {
    get: (token) => table[token],
    set: (token, at) => {
      table[token] = at;
    },
  };
}

/** For every token the distance to the previous same id in its sequence; 0 if it is the first. */
export function earlierDistances(tokens: Uint32Array, offsets: Uint32Array): Uint32Array {
  const distances = new Uint32Array(tokens.length);
  const places = lastPlaces(tokens);
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    const first = offsets[row] ?? 0;
    for (let i = first; i < (offsets[row + 1] ?? 0); i += 1) {
      const token = tokens[i] ?? 0;
      const earlier = places.get(token) ?? -1;
      // Earlier places belong to other sequences.
      if (earlier >= first) distances[i] = i - earlier;
      places.set(token, i);
    }
  }
  return distances;
}

/** The same for one position of one sequence. */
export function repeatsAt(sequence: Uint32Array, position: number): Repeats {
  const token = sequence[position];
  const earlier = sequence.subarray(0, position).lastIndexOf(token ?? -1);
  return {
    distance: earlier < 0 ? 0 : position - earlier,
    count: sequence.reduce((count, other) => count + (other === token ? 1 : 0), 0),
  };
}

/** In words: `occurs 3 times here, last 12 positions before`. */
export function repeatWords({ distance, count }: Repeats): string {
  if (count === 1) return 'occurs once in this sequence';
  const before = distance === 1 ? 'right before' : `${distance} positions before`;
  const last = distance === 0 ? 'here for the first time' : `last ${before}`;
  return `occurs ${count} times in this sequence, ${last}`;
}
