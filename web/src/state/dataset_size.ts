import type { Config, DatasetOptions, Format } from 'synthgen';

import { configOfSplit } from '../model/preview_rows';
import { splits } from './state';

/** A browser holds a download in memory or its own temporary files: past this, use the CLI. */
export const largestDownloadBytes = 2 * 2 ** 30;

/** Straight to disk a page writes more, but it cannot resume once it is closed. */
export const largestStreamBytes = 100e9;

function numberIn(config: Config, key: string): number {
  const value = config[key];
  return typeof value === 'number' ? value : 0;
}

/** Mean number of decimal digits of an id drawn uniformly from 0 … vocabSize − 1. */
export function meanDigits(vocabSize: number): number {
  let digits = 0;
  for (let from = 0, width = 1; from < vocabSize; width += 1) {
    const to = Math.min(vocabSize, 10 ** width);
    digits += width * (to - from);
    from = to;
  }
  return digits / vocabSize;
}

export interface FileEstimate {
  file: string;
  sequences: number;
  bytes: number;
}

const idBytes: Record<string, number> = { uint16: 2, int32: 4, uint32: 4, int64: 8 };

/** Bytes of an id in a table: in the type that is asked for, or the format's first that has room. */
function bytesPerId({ dtypes }: Format, dtype: string | undefined, vocabSize: number): number {
  const type = dtype ?? dtypes.find((name) => name !== 'uint16' || vocabSize <= 2 ** 16);
  return idBytes[type ?? ''] ?? 8;
}

/** About how many bytes a token costs, and what surrounds the tokens of a sequence. */
function costs(config: Config, format: Format | undefined, options: DatasetOptions) {
  const vocabSize = numberIn(config, 'vocab_size');
  const values = options.labels === true ? 2 : 1;
  if (format?.name === 'parquet') {
    return { token: (values * Math.log2(Math.max(2, vocabSize))) / 8, sequence: 2 };
  }
  if (format && !format.text) {
    return { token: values * bytesPerId(format, options.dtype, vocabSize), sequence: 0 };
  }
  const isTable = format?.name === 'csv';
  const frame = (isTable ? 1 : '{"input_ids":[]}\n'.length - 1) + (values - 1) * 11;
  return { token: values * (meanDigits(vocabSize) + 1), sequence: frame };
}

/**
 * The files of a canonical config with about how large they become; JSONL without a format. Latents
 * and laws are not counted.
 */
export function estimateFiles(
  config: Config,
  format?: Format,
  options: DatasetOptions = {},
): FileEstimate[] {
  return splits
    .map((split) => {
      const own = configOfSplit(config, split);
      const { token, sequence } = costs(own, format, options);
      const sequences = numberIn(own, `num_${split}`);
      const bytes = sequences * (sequence + numberIn(own, 'seq_length') * token);
      return { file: `${split}${format?.extension ?? '.jsonl'}`, sequences, bytes };
    })
    .filter(({ sequences }) => sequences > 0);
}
