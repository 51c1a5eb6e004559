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
  /** In a band, where among all ids the band is, in 256ths; 0 elsewhere. */
  bandPlaces: Uint8Array;
  /**
   * The list of the sequences' latents as JSON text in UTF-8, for those who may not need it; without
   * `beliefs` and `chain`.
   */
  latents: Uint8Array;
}
