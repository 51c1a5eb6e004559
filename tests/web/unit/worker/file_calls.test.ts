import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { isWhole } from '../../../../web/src/worker/file_calls';

const formats = (await createSynthgen()).formats();

test.each([
  ['a.jsonl', false],
  ['a.jsonl.gz', false],
  ['a.txt', false],
  ['a', false],
  ['train.NPY', true],
  ['train.pt', true],
  ['train.pth', true],
  ['train.safetensors', true],
  ['train.csv', true],
])('whether %s is read as a whole: %s', (name, whole) => {
  expect(isWhole(formats, name)).toBe(whole);
});
