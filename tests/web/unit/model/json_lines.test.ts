import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { jsonLines } from '../../../../web/src/model/json_lines';
import { previewOf } from './previews';

const synthgen = await createSynthgen();

test.each([
  { generator: 'pattern', vocab_size: 50, seq_length: 9, length_variation: 0.5 },
  {
    generator: 'template',
    vocab_size: 50,
    seq_length: 9,
    templates: [
      [1, 'RANDOM'],
      [2, 3, 4],
    ],
  },
])('what is copied are the lines of the file: $generator', (config) => {
  const small = { ...config, num_train: 12, num_val: 0 };
  const encoder = synthgen.datasetEncoder(synthgen.generator(small));
  const file = new TextDecoder().decode(encoder.next()!.bytes);
  const preview = previewOf(small, 12);
  expect(jsonLines(preview, 12)).toBe(file);
  expect(jsonLines(preview, 2)).toBe(`${file.split('\n').slice(0, 2).join('\n')}\n`);
});
