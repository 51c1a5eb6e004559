// The worker that turns JSONL into Parquet files.

import type { Answers, ParquetCalls } from './messages';
import { ParquetFile } from './parquet_file';
import { serve } from './serve';

let file = new ParquetFile();

const answers: Answers<ParquetCalls> = {
  parquetLines: async (lines) => file.add(lines),
  async parquetEnd() {
    const bytes = file.end();
    file = new ParquetFile();
    return bytes;
  },
};

serve(answers);
