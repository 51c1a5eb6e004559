import { expect, test } from 'vitest';

import { described, lineNamed, lineOf, located } from '../../../../web/src/custom/thrown';

const place = { before: 10, lines: 5 };

test.each([
  ['Error: x\n    at f (blob:null/ab-1:13:5)\n    at g (blob:null/ab-1:4:5)', 3],
  ['Error: x\n    at core (blob:null/ab-1:4:5)\n    at blob:null/ab-1:15:1', 5],
  ['f@blob:null/ab-1:11:5\ng@blob:null/ab-1:4:5', 1],
  ['Error: x\n    at core (blob:null/ab-1:4:5)', undefined],
  ['Error: x\n    at end (blob:null/ab-1:16:5)', undefined],
  [undefined, undefined],
  [5, undefined],
])('the line of a stack is the first in the code: %j', (stack, line) => {
  expect(lineOf(stack, place)).toBe(line);
});

test('an error gets its line once; what is no error stays as it is', () => {
  const error = new RangeError('no idea');
  error.stack = 'at f (blob:null/ab:13:5)';
  const once = located(error, place) as Error;
  expect(once.message).toBe('line 3: no idea');
  once.stack = error.stack;
  expect(located(once, place)).toBe(once);
  expect(located('text', place)).toBe('text');
});

test('an error that nobody caught is described as browsers do', () => {
  const error = new RangeError('no idea');
  error.stack = 'at f (blob:null/ab:13:5)';
  expect(described(error, place)).toEqual({ line: 3, words: 'RangeError: no idea' });
  error.stack = '';
  expect(described(error, place)).toEqual({ line: undefined, words: 'RangeError: no idea' });
  expect(described(new Error('x'), { before: 0, lines: 0 }).words).toBe('x');
  expect(described(7, place)).toEqual({ line: undefined, words: '7' });
});

test.each([
  ['line 3: SyntaxError: x', 3],
  ['sequence 3 of train: Made: line 12: no idea', 12],
  ['the line 3: x', undefined],
  ['', undefined],
])('the line that a message names: %j', (message, line) => {
  expect(lineNamed(message)).toBe(line);
});
