import { expect, test } from 'vitest';

import { formulaParts } from '../../../../web/src/dom/formula';

/** Indices in parentheses, powers in angle brackets. */
const marked = (formula: string) =>
  formulaParts(formula)
    .map(({ text, script }) => {
      if (script === undefined) return text;
      return script === 'sub' ? `(${text})` : `<${text}>`;
    })
    .join('');

test('indices and powers are set apart', () => {
  expect(marked('share of t with x_t = x_{t+1}')).toBe('share of t with x(t) = x(t+1)');
  expect(marked('H(x_t | x_{t-1})')).toBe('H(x(t) | x(t-1))');
  expect(marked('sum of p^2')).toBe('sum of p<2>');
  expect(marked('p(r) ~ r^-s')).toBe('p(r) ~ r<-s>');
  expect(marked('values to 2^-32')).toBe('values to 2<-32>');
  expect(marked('x_')).toBe('x_');
  expect(marked('')).toBe('');
});

test('the names of parameters stay whole', () => {
  const formula = '(rank + 1)^-zipf_exponent, noise_probability 2^32, p_of';
  expect(marked(formula)).toBe('(rank + 1)<-zipf_exponent>, noise_probability 2<32>, p_of');
});
