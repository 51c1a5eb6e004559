// Whatever a link contains, decoding it ends quickly in a state that the page can hold.

import { describe, expect, test } from 'vitest';

import { activeConfig } from '../../../../web/src/state/state';
import { decodeHash, encodeHash } from '../../../../web/src/state/hash';
import { table } from '../parameters';

const values = [
  '',
  ' ',
  '0',
  '-0',
  '-1',
  '1e308',
  '1e400',
  'NaN',
  '-Infinity',
  '0x7fffffff',
  '9007199254740993',
  '99999999999999999999999999',
  '1,2,3',
  ',,,',
  'null',
  'true',
  '[]',
  '{}',
  '"text"',
  '[[[[[[[[[[',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `[${'1,'.repeat(5000)}1]`,
  '\u0000\uFFFF\uD800',
  '%',
  '%E0%A4%A',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '../../../etc/passwd',
  'ü€😀'.repeat(500),
];

const keys = [
  ...table.map(({ key }) => key),
  'view.split',
  'view.from',
  'view.coloring',
  'view.look',
  'view.',
  'view.__proto__',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'code',
  '',
  'x'.repeat(2000),
];

const tried = (hash: string) => {
  const { state, notices } = decodeHash(hash, table);
  expect(typeof state.config['generator']).toBe('string');
  expect(Object.getPrototypeOf(state.config)).toBe(Object.prototype);
  expect(Object.getPrototypeOf(activeConfig(state, table))).toBe(Object.prototype);
  expect(Number.isSafeInteger(state.view.from) && state.view.from >= 0).toBe(true);
  for (const notice of notices) expect(notice.length).toBeLessThan(1000);
  expect('polluted' in {}).toBe(false);
  return state;
};

describe('a hostile link', () => {
  test.each(values.map((value) => [value.slice(0, 40), value]))(
    'with %j for any key leaves a state',
    (_, value) => {
      for (const key of keys) {
        tried(`#${key}=${value}`);
        tried(`#${encodeURIComponent(key)}=${encodeURIComponent(value.toWellFormed())}`);
      }
    },
  );

  test('with every key at once, twice, in any order leaves a state that makes a link again', () => {
    values.forEach((value, i) => {
      const pairs = keys.map((key, k) => `${key}=${values[(i + k) % values.length] ?? value}`);
      const state = tried(`#${[...pairs, ...pairs.toReversed()].join('&').slice(0, 30_000)}`);
      tried(`#${encodeHash(state, table)}`);
    });
  });

  test('of a megabyte is put away unread', () => {
    const { notices } = decodeHash(`#templates=${'[1,'.repeat(350_000)}`, table);
    expect(notices).toEqual([expect.stringContaining('It was not read.')]);
  });
});
