import type { Latents } from 'synthgen';
import { describe, expect, test } from 'vitest';

import { explain, sequenceFacts, sourceOf, spanAt } from '../../../../web/src/model/explain';
import { latentsOf } from '../../../../web/src/model/preview';
import { configOfFamily, previewOf } from './previews';

describe.each(configOfFamily)('in the family %s', (_name, config) => {
  const preview = previewOf(config);
  const vocabSize = Number(preview.config['vocab_size']);

  test('every position has its reason', () => {
    latentsOf(preview).forEach((latents, row) => {
      if (!latents) throw new Error(`sequence ${row} has no latents`);
      const length = preview.offsets[row + 1]! - preview.offsets[row]!;
      for (let position = 0; position < length; position += 1) {
        const kind = preview.kindNames[preview.structure.kinds[preview.offsets[row]! + position]!]!;
        expect(explain(latents, position, kind).why).not.toBe('');
      }
    });
  });

  test('the token comes from the source in the explanation', () => {
    latentsOf(preview).forEach((latents, row) => {
      if (!latents) throw new Error(`sequence ${row} has no latents`);
      const first = preview.offsets[row]!;
      const noisy = new Set(latents.noise);
      for (const span of latents.spans) {
        for (let position = span.start; position < span.start + span.length; position += 1) {
          if (spanAt(latents, position) !== span) continue;
          const source = sourceOf(span, position);
          if (source === undefined || noisy.has(position) || noisy.has(source)) continue;
          const token = preview.tokens[first + position]!;
          const from = preview.tokens[first + source]!;
          if (span.kind !== 'progression' && span.kind !== 'successor') expect(token).toBe(from);
          // Runs wrap: at the end of the ids, and successors at the end of their band.
          else if (token > from) expect(token).toBe(from + 1);
          else expect(token).toBeLessThan(vocabSize);
        }
      }
    });
  });
});

describe('words', () => {
  const latents: Latents = {
    spans: [
      { start: 0, length: 6, kind: 'reversal', full_length: 8 },
      { start: 6, length: 7, kind: 'repetition', period: 3, steered: true },
      { start: 13, length: 4, kind: 'band', first: 250, size: 64, echo_of: 2 },
    ],
    noise: [1, 7],
    theme: 2,
    oracle_bits: 12.5,
  };

  test.each([
    [0, 'token 1 of the motif, a fresh draw'],
    [1, 'noise: replaced by a fresh draw'],
    [4, 'mirrors position 3'],
    [5, 'mirrors position 2'],
    [6, 'token 1 of the motif, a fresh draw'],
    [9, 'copies position 6'],
    [10, 'copies position 7, which noise then replaced'],
    [14, 'echoes position 3 where that span reaches'],
    [17, 'a fresh draw'],
  ])('at position %i', (position, why) => {
    expect(explain(latents, position, 'fresh').why).toBe(why);
  });

  test('for spans tell what belongs to them', () => {
    expect(explain(latents, 9, 'fresh').span).toBe(
      'repetition, period 3, steered, positions 6 to 12',
    );
    expect(explain(latents, 14, 'fresh').span).toBe(
      'band, ids of rank 250 to 313, echo of 2, positions 13 to 16',
    );
    expect(explain(latents, 17, 'fresh').span).toBe('');
  });

  test('for kinds that this page does not know still tell what is known', () => {
    const bracket = { start: 4, length: 3, kind: 'bracket', depth: 2 };
    const odd = { spans: [bracket], noise: [] } as unknown as Latents;
    expect(explain(odd, 5, 'bracket')).toEqual({
      span: 'bracket, depth 2, positions 4 to 6',
      why: 'token 2 of 3',
    });
  });

  test('for the sequence leave out what is not its character', () => {
    expect(sequenceFacts(latents)).toEqual(['theme 2']);
  });

  test('tell what no span covers', () => {
    const uncovered: Latents = { spans: [], noise: [4] };
    expect(explain(uncovered, 0, 'condition').why).toBe('the condition token');
    expect(explain(uncovered, 0, 'fixed').why).toBe('set by the template');
    expect(explain(uncovered, 0, 'custom').why).toBe('made by the code');
    expect(explain(uncovered, 0, 'padding').why).toBe('padding, which fills the row');
    expect(explain(uncovered, 4, 'noise').why).toMatch(/^noise: /);
  });
});
