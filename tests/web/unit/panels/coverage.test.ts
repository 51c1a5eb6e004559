import { expect, test } from 'vitest';

import { timeLeft } from '../../../../web/src/model/time_left';
import { sampleWords } from '../../../../web/src/panels/numbers/coverage';

test('numbers say of which sequences they are', () => {
  expect(sampleWords(0, 200, 10_000)).toBe('first 200 of 10,000 sequences');
  expect(sampleWords(400, 200, 10_000)).toBe('400 to 599 of 10,000 sequences');
  expect(sampleWords(0, 50, 50)).toBe('all 50 sequences');
});

test.each([
  [1000, 0.5, 'about 1 s left'],
  [30_000, 0.1, 'about 5 min left'],
  [3_600_000, 0.25, 'about 3 h left'],
  [1000, 0, ''],
])('after %i ms and a share of %d there is %j', (elapsed, share, words) => {
  expect(timeLeft(elapsed, share)).toBe(words);
});
