import { createSynthgen } from 'synthgen';
import { describe, expect, test } from 'vitest';

import { areAligned, changedTokens } from '../../../../web/src/model/differences';
import {
  measureDifferences,
  overlapOf,
  parameterDifferences,
} from '../../../../web/src/panels/compare/differences';
import { latentsOf } from '../../../../web/src/model/preview';
import { inspect } from '../../../../web/src/model/inspection';
import { measures, previewOf } from './previews';

const synthgen = await createSynthgen();
const config = { generator: 'pattern', vocab_size: 50, seq_length: 64 };
const inspectionOf = (own: object, count = 40) =>
  inspect(previewOf({ ...config, ...own }, count), measures);

const a = inspectionOf({ noise_probability: 0.1 });
const b = inspectionOf({ noise_probability: 0.3 });

test('parameters that differ are those that were changed, in words and with both values', () => {
  const differ = (one: object, other: object) =>
    parameterDifferences(
      synthgen.generator({ ...config, ...one }).config,
      synthgen.generator({ ...config, ...other }).config,
      synthgen.parameters(),
    ).map(({ key, a: ofA, b: ofB }) => [key, ofA, ofB]);
  expect(differ({}, {})).toEqual([]);
  expect(differ({ seed: 7 }, { noise_probability: 0.5 })).toEqual([
    ['seed', 7, 42],
    ['noise_probability', 0, 0.5],
  ]);
  const families = differ({}, { generator: 'random' });
  expect(families).toContainEqual(['generator', 'pattern', 'random']);
  expect(families).toContainEqual(['pattern_probability', 0.3, undefined]);
});

test('measures that differ are shown with both values, those that agree are not', () => {
  const differences = measureDifferences(a.comparisons, b.comparisons);
  const names = differences.map(({ name }) => name);
  expect(names).toContain('noise_rate');
  expect(names).not.toContain('avg_length');
  const noise = differences.find(({ name }) => name === 'noise_rate');
  expect(noise?.a?.expected).toBeCloseTo(0.1, 6);
  expect(noise?.b?.expected).toBeCloseTo(0.3, 6);
  expect(measureDifferences(a.comparisons, a.comparisons)).toEqual([]);
});

test('a measure that only one side has is a difference', () => {
  const random = inspectionOf({ generator: 'random' });
  const share = measureDifferences(a.comparisons, random.comparisons).find(
    ({ name }) => name === 'pattern_share',
  );
  expect(share?.a?.expected).toBeCloseTo(0.3, 6);
  expect(share?.b).toBeUndefined();
});

describe('tokens', () => {
  test('are changed where the other has another', () => {
    const changed = changedTokens(b.preview, a.preview);
    expect(changed).toHaveLength(b.preview.tokens.length);
    changed.forEach((mark, i) =>
      expect(mark === 1).toBe(a.preview.tokens[i] !== b.preview.tokens[i]),
    );
    expect([...changedTokens(a.preview, b.preview)]).toEqual([...changed]);
    expect(changedTokens(a.preview, a.preview)).not.toContain(1);
  });

  test('are changed where the other has no such position', () => {
    const long = inspectionOf({ noise_probability: 0.1, seq_length: 70 }, 50);
    const changed = changedTokens(long.preview, a.preview);
    for (let row = 0; row < 50; row += 1) {
      const ends = changed.subarray(70 * row + 64, 70 * row + 70);
      expect([...ends]).toEqual([1, 1, 1, 1, 1, 1]);
      if (row >= 40) expect(changed.subarray(70 * row, 70 * row + 64)).not.toContain(0);
    }
    expect(changedTokens(a.preview, long.preview)).toHaveLength(a.preview.tokens.length);
  });
});

test('noise that only grows is counted as such', () => {
  const { noise, changed, total } = overlapOf(a, b);
  const count = ({ preview }: typeof a) =>
    latentsOf(preview).reduce((sum, latents) => sum + latents!.noise.length, 0);
  expect(noise).toEqual({ both: count(a), onlyA: 0, onlyB: count(b) - count(a) });
  expect(total).toBe(b.preview.tokens.length);
  // A fresh draw of 50 ids is the old token once in 50 times.
  expect(changed).toBeLessThanOrEqual(noise.onlyB);
  expect(changed).toBeGreaterThan(0.9 * noise.onlyB);
});

test('only the same sequences can be set side by side', () => {
  expect(areAligned(a.preview, b.preview)).toBe(true);
  expect(areAligned(a.preview, { ...b.preview, from: 40 })).toBe(false);
  expect(areAligned(a.preview, { ...b.preview, split: 'val' })).toBe(false);
});

test('sequences of other lengths have no tokens to compare, more sequences of the same have', () => {
  const short = inspectionOf({ seq_length: 32 });
  expect(areAligned(a.preview, short.preview)).toBe(false);
  expect(areAligned(a.preview, inspectionOf({}, 20).preview)).toBe(true);
});
