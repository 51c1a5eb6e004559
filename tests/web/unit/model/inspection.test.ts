import { describe, expect, test } from 'vitest';

import { inspect } from '../../../../web/src/model/inspection';
import { kindClass } from '../../../../web/src/model/kinds';
import { latentsOf } from '../../../../web/src/model/preview';
import { configOfFamily, measures, previewOf } from './previews';

describe.each(configOfFamily)('in the family %s', (_name, config) => {
  const preview = previewOf(config, 200);
  const { shares, comparisons, series } = inspect(preview, measures);

  test('what is measured agrees with what is expected', () => {
    const judged = comparisons.filter(({ agrees }) => agrees !== undefined);
    expect(judged.length).toBeGreaterThanOrEqual(2);
    expect(judged.filter(({ agrees }) => !agrees)).toEqual([]);
  });

  test('the shares of all kinds add up to 1, noise as the latents count it', () => {
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const noisy = latentsOf(preview).reduce((sum, latents) => sum + latents!.noise.length, 0);
    const noise = shares.find(({ kind }) => kind === 'noise')?.share ?? 0;
    expect(noise).toBeCloseTo(noisy / preview.tokens.length, 12);
  });

  test('every series has at most a value a sequence', () => {
    for (const values of series.values()) expect(values.length).toBeLessThanOrEqual(200);
  });

  test('every kind has a colour', () => {
    for (const kind of preview.kindNames) expect(kindClass(kind)).toMatch(/^kind-[a-z]+(-\d)?$/);
  });
});

test('a mean is judged by the spread of its series, which has a name of its own', () => {
  const preview = previewOf({ generator: 'random', seq_length: 40, length_variation: 0.3 }, 200);
  const { comparisons, series } = inspect(preview, measures);
  expect(series.get('length')).toHaveLength(200);
  const names = comparisons.map(({ name }) => name);
  expect(names).not.toContain('length');
  expect(comparisons.find(({ name }) => name === 'avg_length')?.agrees).toBe(true);
});

test('a wrong expectation is seen', () => {
  const preview = previewOf({ generator: 'random', vocab_size: 20, seq_length: 100 }, 200);
  const truth = preview.truth.map((entry) =>
    entry.name === 'local_coherence' ? { ...entry, value: 0.06 } : entry,
  );
  const { comparisons } = inspect({ ...preview, truth }, measures);
  expect(comparisons.find(({ name }) => name === 'local_coherence')?.agrees).toBe(false);
});

test('a rare event that never happened is no contradiction', () => {
  const preview = previewOf({ generator: 'random', vocab_size: 1e9, seq_length: 10 }, 5);
  const { comparisons } = inspect(preview, measures);
  expect(comparisons.find(({ name }) => name === 'local_coherence')).toMatchObject({
    measured: 0,
    expected: 1e-9,
    agrees: true,
  });
});

test('what the core adds to its expectations shows without this page knowing it', () => {
  const preview = previewOf({ generator: 'random' }, 5);
  const added = {
    name: 'new_rate',
    value: 0.5,
    formula: 'f',
    unit: 'of positions',
    depends_on: [],
  };
  const { comparisons } = inspect({ ...preview, truth: [...preview.truth, added] }, measures);
  expect(comparisons.find(({ name }) => name === 'new_rate')).toEqual({
    name: 'new_rate',
    group: 'structure',
    unit: 'of positions',
    formula: 'f',
    measured: undefined,
    expected: 0.5,
    agrees: undefined,
  });
});

describe('kinds', () => {
  test('that the page does not know get a colour that stays theirs', () => {
    expect(kindClass('bracket')).toBe(kindClass('bracket'));
    expect(kindClass('bracket')).toMatch(/^kind-other-\d$/);
  });
});
