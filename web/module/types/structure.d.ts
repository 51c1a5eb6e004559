/** Numbers about structure that only latents give. */
export interface LatentShares {
  /**
   * By the name of the expectation that they are compared with, a value for each sequence for which
   * it is defined, in order.
   */
  per_sequence: Record<string, number[]>;
  /**
   * The share of all tokens, padding included, that each kind of token has, and the share that it
   * should have where that is known in closed form.
   */
  kinds: { kind: string; share: number; expected?: number }[];
}

/** The structure of sequences in arrays, most of them with an entry for each token. */
export interface TokenStructure {
  /** Index of the token's kind in `tokenKinds()`. */
  kinds: Uint8Array;
  /** Index of the innermost span over the token in its sequence's latents, plus 1; 0 without one. */
  spans: Uint32Array;
  /**
   * In 256ths, where among all of them the token's own one is: its band among the ids, its hidden
   * state among the states, or the token before it among a chain's symbols. 0 for other kinds.
   */
  bandPlaces: Uint8Array;
  /**
   * The list of the sequences' latents as JSON text in UTF-8, for those who may not need it; without
   * `beliefs` and `chain`.
   */
  latents: Uint8Array;
}
