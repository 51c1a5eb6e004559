import type { Config, SequenceBatch, Split, Synthgen } from 'synthgen';

import type { Stage, StageFile } from '../model/curriculum';
import { splitSizeOf } from '../model/preview_rows';
import { JoinedBatches, partOf } from './batches';
import type { Answers, Calls } from './messages';

/** A curriculum holds all sequences in memory, twice; a page has room for so many tokens. */
const mostTokens = 2 ** 25;
const pieceTokens = 2 ** 18;

/** All of some batches as one. Fails where they have more tokens than a page can hold. */
export async function gathered(
  batches: AsyncIterable<SequenceBatch> | Iterable<SequenceBatch>,
  tokens: number,
  instead: string,
): Promise<SequenceBatch> {
  if (tokens > mostTokens)
    throw new Error(`A page cannot hold so many tokens. On the command line: ${instead}`);
  const joined = new JoinedBatches();
  for await (const batch of batches) joined.add(batch);
  return joined.batch();
}

/** A batch as JSONL, encoded piece by piece. */
export function jsonlOf(synthgen: Pick<Synthgen, 'encodeJsonl'>, batch: SequenceBatch): Blob {
  const { offsets } = batch;
  const pieces: Blob[] = [];
  const last = offsets.length - 1;
  for (let first = 0; first < last;) {
    const start = offsets[first] ?? 0;
    let end = first + 1;
    while (end < last && (offsets[end + 1] ?? 0) - start <= pieceTokens) end += 1;
    pieces.push(new Blob([synthgen.encodeJsonl(partOf(batch, first, end))]));
    first = end;
  }
  return new Blob(pieces, { type: 'application/jsonl' });
}

/** A curriculum of some sequences: a file for each stage, as the program writes it. */
export function stageFiles(
  synthgen: Pick<Synthgen, 'createCurriculumData' | 'encodeJsonl'>,
  batch: SequenceBatch,
  vocabSize: number,
  stages: readonly Stage[],
  split: Split,
): StageFile[] {
  const asked = Object.fromEntries(stages.map(({ name, ...stage }) => [name, stage]));
  const made = synthgen.createCurriculumData(batch, asked, { vocab_size: vocabSize });
  return Object.entries(made).map(([name, sequences]) => ({
    name: `${name}/${split}.jsonl`,
    sequences: sequences.offsets.length - 1,
    blob: jsonlOf(synthgen, sequences),
  }));
}

/** The sequences of a split, some at a time. */
function* generated(synthgen: Synthgen, config: Config, split: Split): Generator<SequenceBatch> {
  const generator = synthgen.generator(config);
  try {
    const sequences = splitSizeOf(generator.config, split);
    const size = Math.max(1, Math.floor(pieceTokens / (generator.limits(split).max_length ?? 1)));
    for (let first = 0; first < sequences; first += size)
      yield generator.generate({ split, first, count: Math.min(size, sequences - first) });
  } finally {
    generator.delete();
  }
}

/** Answers with the curriculum of a generated split. */
export function curriculumCalls(core: Promise<Synthgen>): Answers<Pick<Calls, 'splitCurriculum'>> {
  return {
    async splitCurriculum({ config, split, stages }) {
      const synthgen = await core;
      const longest = Number(config['seq_length']);
      const tokens = splitSizeOf(config, split) * longest;
      const instead = `synthgen curriculum data/custom/${split}.jsonl --stages stages.json --output-dir stages`;
      const batch = await gathered(generated(synthgen, config, split), tokens, instead);
      return stageFiles(synthgen, batch, Number(config['vocab_size']), stages, split);
    },
  };
}
