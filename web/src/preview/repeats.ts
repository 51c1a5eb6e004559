/** Where a token's id occurs in its own sequence. */
export interface Repeats {
  /** Distance to the nearest earlier occurrence, in tokens; 0 where there is none. */
  distance: number;
  /** Occurrences in the whole sequence, this one counted. */
  count: number;
}

/** For every token how far back in its own sequence the same id last stood; 0 for its first time. */
export function earlierDistances(tokens: Uint32Array, offsets: Uint32Array): Uint32Array {
  const distances = new Uint32Array(tokens.length);
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    const lastAt = new Map<number, number>();
    for (let i = offsets[row] ?? 0; i < (offsets[row + 1] ?? 0); i += 1) {
      const token = tokens[i] ?? 0;
      const earlier = lastAt.get(token);
      if (earlier !== undefined) distances[i] = i - earlier;
      lastAt.set(token, i);
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
