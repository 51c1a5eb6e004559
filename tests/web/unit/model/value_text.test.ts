import { expect, test } from 'vitest';

import { numberText, parseNumber } from '../../../../web/src/model/value_text';

test.each([
  ['12000', 12000],
  [' 12,000 ', 12000],
  ['1,234,567.5', 1234567.5],
  ['-5', -5],
  ['.5', 0.5],
  ['5.', 5],
  ['1e-7', 1e-7],
  ['9007199254740991', 9007199254740991],
])('%j is the number %d', (text, number) => {
  expect(parseNumber(text)).toBe(number);
});

test.each(['', 'abc', '0,3', '12,00', '1e999', 'NaN', 'Infinity', '0x10', '9007199254740993'])(
  '%j stays text',
  (text) => {
    expect(parseNumber(text)).toBe(text);
  },
);

test.each([0, 42, 10000, 2 ** 53 - 1, 0.05, 1e-9, 2.5])(
  '%d survives being shown and read',
  (number) => {
    expect(parseNumber(numberText(number))).toBe(number);
  },
);

test('what is no number is shown as it is', () => {
  expect(numberText('abc')).toBe('abc');
  expect(numberText([1])).toBe('[1]');
});
