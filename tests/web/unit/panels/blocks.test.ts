import { createSynthgen } from 'synthgen';
import { describe, expect, test } from 'vitest';

import { moved, pathText, withPart } from '../../../../web/src/panels/blocks/paths';
import {
  exampleOf,
  hasShape,
  type Definitions,
  type Schema,
} from '../../../../web/src/panels/blocks/schema';

const synthgen = await createSynthgen();
const { properties, $defs } = synthgen.schema() as {
  properties: Record<string, Schema>;
  $defs: Definitions;
};

test.each([
  ['template', 'templates'],
  ['mixture', 'components'],
  ['random', 'splits'],
])('the example that is inserted for %s is allowed', (generator, key) => {
  const example = exampleOf(properties[key] ?? {}, $defs);
  expect(hasShape(properties[key] ?? {}, example, $defs)).toBe(true);
  expect(() => synthgen.checkConfig({ generator, [key]: example })).not.toThrow();
});

test('every element is of one form of the core alone', () => {
  const forms = $defs['element']?.anyOf ?? [];
  expect(forms.map(({ title }) => title)).toContain('named token again');
  for (const form of forms) {
    const example = exampleOf(form, $defs);
    expect(forms.filter((other) => hasShape(other, example, $defs))).toEqual([form]);
  }
  for (const other of ['NONE', null, {}, { repeat: 2 }, { ref: 'a', of: 1 }, []])
    expect(forms.some((form) => hasShape(form, other, $defs))).toBe(false);
});

describe('a part of a value', () => {
  const value = [[1, { repeat: 2, of: ['RANDOM'] }]];

  test('has the place that errors name', () => {
    expect(pathText('templates', [0, 1, 'of', 0])).toBe('templates[0][1].of[0]');
  });

  test('is changed, added, moved or taken away, and the rest stays', () => {
    expect(withPart(value, [0, 1, 'repeat'], () => 5)).toEqual([
      [1, { repeat: 5, of: ['RANDOM'] }],
    ]);
    expect(withPart(value, [0, 2], () => 7)).toEqual([[...value[0]!, 7]]);
    expect(withPart(value, [0, 0], () => undefined)).toEqual([[{ repeat: 2, of: ['RANDOM'] }]]);
    expect(withPart({ a: 1, b: 2 }, ['a'], () => undefined)).toEqual({ b: 2 });
    expect(moved([1, 2, 3], 2, -1)).toEqual([1, 3, 2]);
    expect(moved([1, 2, 3], 0, -1)).toEqual([1, 2, 3]);
    expect(value).toEqual([[1, { repeat: 2, of: ['RANDOM'] }]]);
  });
});
