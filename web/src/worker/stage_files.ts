import type { SequenceBatch, Synthgen } from 'synthgen';

import { stages } from '../model/curriculum';
import type { StageFile } from './messages';

/** A curriculum holds the whole file in memory, twice; a page has room for so many tokens. */
const mostTokens = 2 ** 25;
const pieceTokens = 2 ** 18;

/** Gathers the sequences of a file for as long as a page can hold them. */
export class KeptSequences {
  #tokens: Uint32Array[] = [];
  #lengths: number[] = [];
  #count = 0;

  add({ tokens, offsets }: SequenceBatch): void {
    this.#count += tokens.length;
    if (!this.areWhole) {
      this.#tokens = [];
      this.#lengths = [];
      return;
    }
    this.#tokens.push(tokens);
    offsets.forEach((offset, i) => {
      if (i > 0) this.#lengths.push(offset - (offsets[i - 1] ?? 0));
    });
  }

  get areWhole(): boolean {
    return this.#count <= mostTokens;
  }

  batch(): SequenceBatch {
    const tokens = new Uint32Array(this.#count);
    const offsets = new Uint32Array(this.#lengths.length + 1);
    let at = 0;
    for (const part of this.#tokens) {
      tokens.set(part, at);
      at += part.length;
    }
    this.#lengths.forEach((length, i) => {
      offsets[i + 1] = (offsets[i] ?? 0) + length;
    });
    return { tokens, offsets };
  }
}

/** A batch as JSONL, encoded piece by piece. */
export function jsonlOf(
  synthgen: Pick<Synthgen, 'encodeJsonl'>,
  { tokens, offsets }: SequenceBatch,
): Blob {
  const pieces: Blob[] = [];
  const last = offsets.length - 1;
  for (let first = 0; first < last;) {
    const start = offsets[first] ?? 0;
    let end = first + 1;
    while (end < last && (offsets[end + 1] ?? 0) - start <= pieceTokens) end += 1;
    const piece = {
      tokens: tokens.subarray(start, offsets[end]),
      offsets: offsets.slice(first, end + 1).map((offset) => offset - start),
    };
    pieces.push(new Blob([synthgen.encodeJsonl(piece)]));
    first = end;
  }
  return new Blob(pieces, { type: 'application/jsonl' });
}

/** The default curriculum of some sequences: a file for each stage. */
export function stageFiles(
  synthgen: Synthgen,
  batch: SequenceBatch,
  vocabSize: number,
): StageFile[] {
  const asked = Object.fromEntries(stages.map(({ name, ...stage }) => [name, stage]));
  const made = synthgen.createCurriculumData(batch, asked, { vocab_size: vocabSize });
  return Object.entries(made).map(([name, sequences]) => ({
    name: `${name}.jsonl`,
    sequences: sequences.offsets.length - 1,
    blob: jsonlOf(synthgen, sequences),
  }));
}
