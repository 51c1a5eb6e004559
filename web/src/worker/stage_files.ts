import type { SequenceBatch, Synthgen } from 'synthgen';

import { stages } from '../model/curriculum';
import type { StageFile } from './messages';

/** A curriculum holds the whole file in memory, twice; a page has room for so many tokens. */
const mostTokens = 2 ** 25;
const pieceCharacters = 2 ** 20;

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

/** A batch as JSONL, byte for byte as the program writes it. */
export function jsonlOf({ tokens, offsets }: SequenceBatch): Blob {
  const pieces: Blob[] = [];
  let text = '';
  for (let i = 0; i + 1 < offsets.length; i += 1) {
    text += `{"input_ids":[${tokens.subarray(offsets[i], offsets[i + 1]).join(',')}]}\n`;
    if (text.length < pieceCharacters) continue;
    pieces.push(new Blob([text]));
    text = '';
  }
  return new Blob([...pieces, text], { type: 'application/jsonl' });
}

/** The document's curriculum of some sequences: a file for each stage. */
export function stageFiles(
  synthgen: Synthgen,
  batch: SequenceBatch,
  vocabSize: number | undefined,
): StageFile[] {
  const asked = Object.fromEntries(stages.map(({ name, ...stage }) => [name, stage]));
  const options = vocabSize === undefined ? {} : { vocab_size: vocabSize };
  const made = synthgen.createCurriculumData(batch, asked, options);
  return Object.entries(made).map(([name, sequences]) => ({
    name: `${name}.jsonl`,
    sequences: sequences.offsets.length - 1,
    blob: jsonlOf(sequences),
  }));
}
