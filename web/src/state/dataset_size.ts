import type { Config } from 'synthgen';

import { configOfSplit } from '../model/preview_rows';
import { splits } from './state';

/** A browser holds a download in memory or its own temporary files: past this, use the CLI. */
export const largestDownloadBytes = 2 * 2 ** 30;

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

/** The JSONL files of a canonical config with about how large they become, latents not counted. */
export function estimateFiles(config: Config): FileEstimate[] {
  const lineFrame = '{"input_ids":[]}\n'.length - 1;
  return splits
    .map((split) => {
      const own = configOfSplit(config, split);
      const bytesPerToken = meanDigits(numberIn(own, 'vocab_size')) + 1;
      const bytesPerSequence = lineFrame + numberIn(own, 'seq_length') * bytesPerToken;
      const sequences = numberIn(own, `num_${split}`);
      return { file: `${split}.jsonl`, sequences, bytes: sequences * bytesPerSequence };
    })
    .filter(({ sequences }) => sequences > 0);
}
