/** Uses what the declarations say of datasets and their files; `tsc` checks it. Never run. */
import type {
  ChunkPlace,
  DatasetEncoder,
  DatasetFile,
  DatasetOptions,
  DatasetPiece,
  EncodedChunk,
  Generator,
  Synthgen,
} from 'synthgen';

const lines: DatasetOptions = {
  predictive: 'bits',
  format: 'jsonl',
  latents: true,
  labels: false,
  trainer_columns: true,
  dataset_card: true,
};
const stream: DatasetOptions = {
  format: 'llmc',
  dtype: 'uint32',
  separator: 9,
  separator_first: true,
};

function encode(encoder: DatasetEncoder): string {
  const rest: DatasetPiece[] = [...encoder];
  console.log(rest.length);
  for (let chunk = encoder.next(); chunk !== null; chunk = encoder.next()) {
    const bytes: Uint8Array<ArrayBuffer> = chunk.bytes;
    console.log(chunk.file.length + chunk.sequences, bytes.length);
  }
  const manifest = encoder.manifest();
  encoder.delete();
  return manifest;
}

/** Takes all but the chunks from one encoder, and those from another. */
function encodeTogether(lead: DatasetEncoder, other: DatasetEncoder): number {
  const files: DatasetFile[] = lead.files;
  let bytes = files.reduce((sum, { file, split, sequences, chunks }) => {
    console.log(file, split);
    return sum + sequences + chunks;
  }, 0);
  for (let part = lead.next({ encode: false }); part; part = lead.next({ encode: false })) {
    if ('due' in part) {
      const place: ChunkPlace = part.due;
      const chunk: EncodedChunk = other.encodeChunk(place);
      const { lengths, labels, predictive, crc32, tokens } = chunk;
      console.log(lengths[0], labels[0], predictive[0], crc32 + tokens, chunk.file + chunk.chunk);
      lead.appendChunk(chunk);
      bytes += chunk.bytes.length + chunk.sequences;
    } else {
      const piece: DatasetPiece = part;
      bytes += piece.bytes.length;
    }
  }
  return bytes;
}

export function written(synthgen: Synthgen, generator: Generator): number {
  console.log(encode(synthgen.datasetEncoder(generator, lines)));
  const encoder: DatasetEncoder = synthgen.datasetEncoder(generator, stream);
  console.log(encoder.notes[0], encode(encoder));
  return encodeTogether(synthgen.datasetEncoder(generator), synthgen.datasetEncoder(generator));
}
