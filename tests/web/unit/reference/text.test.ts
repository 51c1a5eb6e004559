import { describe, expect, test } from 'vitest';

import { markup } from '../../../../web/reference/markup';
import { configJson, groupId, inlineJson, prose } from '../../../../web/reference/text';

describe('in a text of the core', () => {
  const keys = new Set(['vocab_size', 'seed', 'pattern_types']);
  const text = (given: string, self?: string) => markup(prose(given, keys, self));

  test('a parameter links to its entry', () => {
    expect(text('at most vocab_size - 1')).toBe(
      'at most <a href="#vocab_size"><code class="name">vocab_size</code></a> - 1',
    );
  });

  test('the own name and plain words are not linked', () => {
    expect(text('vocab_size & seed', 'vocab_size')).toBe(
      '<code class="name">vocab_size</code> &amp; seed',
    );
  });

  test('a name that contains a parameter is not linked', () => {
    expect(text('my_vocab_size, x_t, vocab_sizes')).toBe('my_vocab_size, x_t, vocab_sizes');
  });
});

test('JSON on one line and on several parses back to the config', () => {
  const config = {
    generator: 'template',
    pattern_types: ['reversal', 'repetition'],
    templates: [[1, 'RANDOM'], { weight: 2, elements: [{ repeat: 3, of: ['"'] }] }],
    noise_probability: 0.05,
    splits: null,
  };
  expect(JSON.parse(inlineJson(config))).toEqual(config);
  expect(JSON.parse(configJson(config))).toEqual(config);
  expect(configJson({ a: [1, 2], b: [[1], [2]] })).toBe(
    '{\n  "a": [1, 2],\n  "b": [\n    [1],\n    [2]\n  ]\n}',
  );
});

test('the id of a group works in a link', () => {
  expect(groupId('Noise and length')).toBe('group-noise-and-length');
});
