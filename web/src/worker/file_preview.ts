import type { Synthgen } from 'synthgen';

import type { Preview } from '../model/preview';
import { pageSizeOf, rowsFrom, textRows } from '../model/preview_rows';
import { JoinedBatches, partOf } from './batches';
import { groupsFor } from './measure_groups';
import type { FileRowsRequest } from './messages';
import { tooLong } from './preview_calls';
import type { VisitorFile } from './visitor_file';

/** What is known of a file that was measured. */
export interface FileExtent {
  sequences: number;
  /** Tokens of the longest sequence. */
  longest: number;
  vocabSize: number;
}

/** The only kind of tokens in a file: how they came about is unknown. */
const kind = 'file';

/** A page of a file's sequences, in the form of generated ones. */
export async function filePreview(
  synthgen: Synthgen,
  file: VisitorFile,
  { sequences, longest, vocabSize }: FileExtent,
  { split, from }: FileRowsRequest,
): Promise<Preview> {
  const pageSize = pageSizeOf(Math.max(1, longest));
  if (pageSize === 0) throw tooLong(longest);
  const started = performance.now();
  const count = rowsFrom(from, pageSize, sequences);
  const rows = new JoinedBatches();
  if (count > 0) {
    for await (const batch of file.sequencesFrom(from)) {
      rows.add(partOf(batch, 0, Math.min(batch.offsets.length - 1, count - rows.sequences)));
      if (rows.sequences >= count) break;
    }
  }
  const batch = rows.batch();
  const read = performance.now();
  const measures = groupsFor(synthgen.measures(), 'at_once');
  const report = synthgen.analyzeSequences(batch, { vocabSize, perSequence: true, measures });
  const nothing = Array.from({ length: rows.sequences }, () => ({ spans: [], noise: [] }));
  const { tokens, offsets, padding } = batch;
  const shown = synthgen.encodeJsonl(partOf(batch, 0, textRows(offsets)));
  return {
    file: file.name,
    config: { generator: 'file', vocab_size: vocabSize },
    notes: [],
    truth: [],
    limits: {},
    tokens,
    offsets,
    padding,
    structure: {
      kinds: new Uint8Array(tokens.length),
      spans: new Uint32Array(tokens.length),
      bandPlaces: new Uint8Array(tokens.length),
      latents: new TextEncoder().encode(JSON.stringify(nothing)),
    },
    latentShares: { per_sequence: {}, kinds: [] },
    kindNames: [kind],
    jsonl: new TextDecoder().decode(shown),
    split,
    from,
    splitSize: sequences,
    pageSize,
    report,
    generate_ms: read - started,
    analyze_ms: performance.now() - read,
  };
}
