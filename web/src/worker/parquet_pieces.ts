import type { DatasetPiece, Format } from 'synthgen';

import { CoreClient } from './client';
import { manifestFile } from './dataset_pieces';

/** A format that the page makes of JSONL; the program has none of its own for it. */
export const parquetFormat: Format = {
  name: 'parquet',
  extension: '.parquet',
  extensions: ['.parquet'],
  summary: 'Columns for datasets, pandas and DuckDB, made by this page from the lines of jsonl.',
  latents: true,
  predictive: true,
  separator: false,
  text: false,
  dtypes: [],
  in_memory: false,
};

const parquetWorker = () =>
  new Worker(new URL('./parquet_worker.ts', import.meta.url), { type: 'module' });

const named = (file: string) => file.replace(/\.jsonl$/, parquetFormat.extension);

interface Manifest {
  manifest_xxh128?: string;
  files: { file: string; bytes: number; xxh128?: string }[];
}

/** The manifest of JSONL files as that of the Parquet files, which have no checksums in it. */
function manifestOf(
  jsonl: Uint8Array,
  sizes: ReadonlyMap<string, number>,
): Uint8Array<ArrayBuffer> {
  const manifest = JSON.parse(new TextDecoder().decode(jsonl)) as Manifest;
  for (const record of manifest.files) {
    record.file = named(record.file);
    record.bytes = sizes.get(record.file) ?? 0;
    delete record.xxh128;
  }
  delete manifest.manifest_xxh128;
  const made = { ...manifest, format: parquetFormat.name };
  return new TextEncoder().encode(`${JSON.stringify(made, null, 2)}\n`);
}

/** The files of a dataset in Parquet, from their pieces in JSONL. */
export async function* parquetPieces(
  pieces: AsyncIterable<DatasetPiece>,
  signal: AbortSignal,
): AsyncGenerator<DatasetPiece> {
  const worker = new CoreClient(parquetWorker);
  const close = () => worker.close();
  signal.addEventListener('abort', close);
  const sizes = new Map<string, number>();
  let open: string | undefined;
  const sized = (file: string, sequences: number, bytes: Uint8Array<ArrayBuffer>) => {
    sizes.set(file, (sizes.get(file) ?? 0) + bytes.byteLength);
    return { file, sequences, bytes };
  };
  try {
    for await (const { file, sequences, bytes } of pieces) {
      const isLines = file !== named(file);
      if (open !== undefined && open !== named(file)) {
        yield sized(open, 0, await worker.call('parquetEnd', null));
        open = undefined;
      }
      if (isLines) {
        open = named(file);
        yield sized(open, sequences, await worker.call('parquetLines', bytes));
      } else if (file === manifestFile) {
        yield { file, sequences, bytes: manifestOf(bytes, sizes) };
      } else yield { file, sequences, bytes };
    }
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
