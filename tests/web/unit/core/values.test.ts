import { expect, test } from 'vitest';

import { readValue, valueBytes } from '../../../../web/src/core/values';

const back = (value: unknown) => readValue(valueBytes(value));

test.each([
  [null],
  [true],
  [false],
  [0],
  [-1],
  [2 ** 53 - 1],
  [2 ** 62],
  [0.1],
  [-1e300],
  [''],
  ['Größe 🎲'],
  [[]],
  [{}],
  [[1, [2, [3, 'x', null]], {}]],
  [{ a: { b: [1, { 'c d': false }] }, '': 0.5 }],
  ['x'.repeat(100_000)],
])('%j comes back as it went', (value) => {
  expect(back(value)).toEqual(value);
});

test('what JSON lacks goes as words, and members without a value stay behind', () => {
  expect(back([NaN, Infinity, undefined])).toEqual(['NaN', 'Infinity', null]);
  expect(back({ a: undefined, b: 1 })).toEqual({ b: 1 });
});
