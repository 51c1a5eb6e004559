import type { SequenceBatch } from 'synthgen';

/** The sequences of a batch from `first` to before `end`, tokens and padding alone. */
export function partOf({ tokens, offsets, padding }: SequenceBatch, first: number, end: number) {
  const start = offsets[first] ?? 0;
  return {
    tokens: tokens.subarray(start, offsets[end]),
    offsets: offsets.slice(first, end + 1).map((offset) => offset - start),
    ...(padding && { padding: padding.subarray(first, end) }),
  };
}

/** Puts batches together, tokens and padding alone. */
export class JoinedBatches {
  readonly #tokens: Uint32Array[] = [];
  readonly #lengths: number[] = [];
  readonly #padding: number[] = [];
  #isPadded = false;
  tokens = 0;

  get sequences(): number {
    return this.#lengths.length;
  }

  add({ tokens, offsets, padding }: SequenceBatch): void {
    this.#tokens.push(tokens);
    this.tokens += tokens.length;
    this.#isPadded ||= padding !== undefined;
    for (let i = 0; i + 1 < offsets.length; i += 1) {
      this.#lengths.push((offsets[i + 1] ?? 0) - (offsets[i] ?? 0));
      this.#padding.push(padding?.[i] ?? 0);
    }
  }

  batch(): { tokens: Uint32Array; offsets: Uint32Array; padding?: Uint32Array } {
    const tokens = new Uint32Array(this.tokens);
    const offsets = new Uint32Array(this.#lengths.length + 1);
    let at = 0;
    for (const part of this.#tokens) {
      tokens.set(part, at);
      at += part.length;
    }
    this.#lengths.forEach((length, i) => {
      offsets[i + 1] = (offsets[i] ?? 0) + length;
    });
    return {
      tokens,
      offsets,
      ...(this.#isPadded && { padding: Uint32Array.from(this.#padding) }),
    };
  }
}
