import type { Config, DatasetOptions } from 'synthgen';

import { datasetPieces, type Makers } from './dataset_pieces';
import { parquetFormat, parquetPieces } from './parquet_pieces';
import type { FileSink } from './sinks';

/** A dataset to be made. */
export interface Download {
  makers: Makers;
  config: Config;
  options: DatasetOptions;
  /** Name of the one ZIP that holds all files; undefined for the files themselves. */
  zip: string | undefined;
}

/** How far it is. */
export interface Made {
  sequences: number;
  bytes: number;
}

/**
 * Makes the dataset's files in workers of their own, byte for byte the CLI's, and hands them to the
 * sink as they come about. Aborting the signal ends the workers; the promise then rejects, as for
 * any other error, and what was written is gone.
 */
export async function makeFiles(
  { makers, config, options, zip }: Download,
  sink: FileSink,
  progress: (made: Made) => void,
  signal: AbortSignal,
): Promise<void> {
  const made = { sequences: 0, bytes: 0 };
  const isParquet = options.format === parquetFormat.name;
  const request = { config, options: isParquet ? { ...options, format: 'jsonl' } : options };
  const pieces = datasetPieces(makers, request, signal);
  const files = isParquet ? parquetPieces(pieces, signal) : pieces;
  const counted = (async function* () {
    for await (const piece of files) {
      made.sequences += piece.sequences;
      made.bytes += piece.bytes.byteLength;
      yield piece;
      progress(made);
    }
  })();
  try {
    const written =
      zip === undefined ? counted : (await import('./zip_pieces')).zipPieces(counted, zip);
    for await (const { file, bytes } of written) {
      signal.throwIfAborted();
      await sink.write(file, bytes);
    }
    await sink.finish();
  } catch (error) {
    await sink.discard().catch(() => {});
    throw error;
  }
}
