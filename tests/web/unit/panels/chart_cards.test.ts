import { describe, expect, test } from 'vitest';

import { chartCards, furtherCards } from '../../../../web/src/panels/charts/cards/cards';
import { loadDrawings } from '../../../../web/src/panels/charts/cards/chart_loader';
import { formatMeasure } from '../../../../web/src/model/format';
import { inspect } from '../../../../web/src/model/inspection';
import { tolerance } from '../../../../web/src/model/statistics';
import type { Reading } from '../../../../web/src/model/reading';
import { nodes, textsOf, withClass } from '../charts/read';
import { configOfFamily, measures, previewOf } from '../model/previews';

await loadDrawings();

const size = { width: 300, height: 210 };
const distances = Array.from({ length: 64 }, (_, i) => i + 1);

/** The reading with the measures that take longer. */
const completed = (reading: Reading): Reading => ({
  ...reading,
  isComplete: true,
  report: {
    ...reading.report,
    lag_equality: { lag: distances, share: distances.map((lag) => 1 / (lag + 10)) },
    mutual_information: {
      distance: distances,
      bits: distances.map((lag) => 1 / lag),
      baseline: distances.map(() => 0.02),
      exact: true,
      tokens: 1000,
    },
    zipf_exponent: 0.9,
  },
});

const readingOf = (config: Parameters<typeof previewOf>[0], count?: number) =>
  completed(inspect(previewOf(config, count), measures));

const cardNamed = (title: string) => chartCards.find((card) => card.title === title)!;

describe.each(configOfFamily)('in the family %s', (_name, config) => {
  const varied = config['generator'] === 'recall' ? {} : { length_variation: 0.3 };
  const reading = readingOf({ ...config, ...varied });
  const pinned = readingOf({ ...config, seed: 7, ...varied });

  test.each(chartCards.map((card) => [card.title, card] as const))(
    '%s is drawn alone and beside another, with axis titles, ticks, words and a table',
    (_title, card) => {
      const isOneValue = config['generator'] === 'recall' && card.title === 'Length';
      expect(card.applies(reading)).toBe(!isOneValue);
      if (isOneValue) return;
      for (const { drawing, label, table } of [
        card.draw(reading, size),
        card.draw(reading, size, pinned),
      ]) {
        expect(textsOf(drawing, 'axis-title').length).toBeGreaterThan(0);
        expect(textsOf(drawing, 'tick-text').length).toBeGreaterThan(1);
        expect(label.length).toBeGreaterThan(20);
        expect(table.rows.length).toBeGreaterThan(0);
        for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
        for (const { attributes } of nodes(drawing, () => true)) {
          expect(Object.values(attributes).join(' ')).not.toMatch(/NaN|Infinity|undefined/);
        }
      }
      expect(card.subtitle(reading)).not.toBe('');
    },
  );
});

/** By kind the share that the core expects. */
const expectedShares = ({ shares }: Reading) =>
  new Map(
    shares.flatMap(({ kind, expected }) => (expected === undefined ? [] : [[kind, expected]])),
  );

test('the shares that patterns and noise should have are those that they have', () => {
  const reading = readingOf(
    { generator: 'pattern', pattern_types: ['reversal', 'repetition'], noise_probability: 0.2 },
    400,
  );
  const expected = expectedShares(reading);
  expect([...expected.keys()].toSorted()).toEqual(['fresh', 'noise', 'repetition', 'reversal']);
  expect([...expected.values()].reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
  const segments = (400 * 512) / 10;
  for (const [kind, share] of expected) {
    const measured = reading.shares.find((entry) => entry.kind === kind)?.share ?? 0;
    const error = Math.sqrt((share * (1 - share)) / segments);
    expect(Math.abs(measured - share)).toBeLessThan(tolerance * error);
  }
});

test('successors of a hierarchy are shown with their closed form, less noise', () => {
  const reading = readingOf({ generator: 'hierarchical', noise_probability: 0.25 }, 100);
  const clean = readingOf({ generator: 'hierarchical' }, 100);
  expect(expectedShares(reading).get('successor')).toBeCloseTo(
    0.75 * expectedShares(clean).get('successor')!,
    6,
  );
});

test('counts of random tokens are shown with their law', () => {
  const zipf = readingOf({ generator: 'random', vocab_distribution: 'zipf', zipf_exponent: 1.2 });
  const frequency = cardNamed('Token frequency').draw(zipf, size);
  expect(textsOf(frequency.drawing, 'expected-text')).toEqual(['expected: Zipf, s = 1.2']);
});

test('a histogram of a series has what is expected of its mean', () => {
  const reading = readingOf({ generator: 'random', length_variation: 0.3 });
  for (const [title, name] of [
    ['Length', 'avg_length'],
    ['Entropy', 'average_entropy'],
    ['Local coherence', 'local_coherence'],
  ] as const) {
    const { value } = reading.truth.find((entry) => entry.name === name)!;
    const { label } = cardNamed(title).draw(reading, size);
    expect(label).toContain(`expected ${formatMeasure(value)}`);
  }
});

test('the expected share at each lag is drawn with the measured one', () => {
  const expectedLags = distances.map(() => 0.05);
  const reading = { ...readingOf({ generator: 'pattern' }), expectedLags };
  const { drawing, table } = cardNamed('Equal tokens at lag').draw(reading, size);
  expect(withClass(drawing, 'expected')).toHaveLength(1);
  expect(table.rows.map((row) => row[2])).toEqual(expectedLags);
});

test('without a law of their own, tokens have the line that was fitted', () => {
  const { drawing } = cardNamed('Token frequency').draw(readingOf({ generator: 'pattern' }), size);
  expect(textsOf(drawing, 'expected-text')).toEqual(['Zipf fit, s = 0.9']);
});

test('a report without single values is drawn from its distributions', () => {
  const reading = readingOf({ generator: 'pattern', seq_length: 64 });
  const distribution = {
    count: 40,
    mean: 0.3,
    sd: 0.1,
    min: 0,
    max: 1,
    quantiles: {},
    histogram: { edges: [0, 0.5, 1], counts: [30, 10] },
  };
  const report = {
    ...reading.report,
    distributions: { local_coherence: distribution, lz_complexity: distribution },
  };
  const stored: Reading = { ...reading, report, series: new Map(), shares: [] };
  const coherence = cardNamed('Local coherence').draw(stored, size);
  expect(coherence.table.rows.map((row) => row[2])).toEqual([30, 10]);
  const complexity = cardNamed('Complexity and curriculum');
  expect(complexity.applies(stored)).toBe(true);
  expect(complexity.draw(stored, size).label).toContain('from 0 to 1');
  expect(cardNamed('Structure').applies(stored)).toBe(false);
  expect(cardNamed('Global coherence').applies(stored)).toBe(false);
});

test('a measure with a curve gets a card from its description, unless it has one of its own', () => {
  const reading = readingOf({ generator: 'pattern' });
  const known = measures.find(({ name }) => name === 'lag_equality')!;
  const own = furtherCards(measures).map(({ measure }) => measure);
  expect(own).toEqual(['predictive_bits_by_position']);
  const drawn = [...own, ...chartCards.map(({ measure }) => measure)];
  for (const { name, chart } of measures) if (chart !== 'none') expect(drawn).toContain(name);
  const curve = { places: 'block', lines: ['bits', 'bound'], title: 'Block entropy at length' };
  const described = {
    ...known,
    ...{ name: 'block_entropy', unit: 'bits', formula: 'H(block) / length' },
    curve: { ...curve, across: 'length in tokens', up: 'bits' },
  };
  const card = furtherCards([...measures, described]).at(-1);
  const list = { block: [1, 2, 3], bits: [0.5, 0.4, null], bound: [1, 1, 1] };
  const measured = {
    ...reading,
    report: { ...reading.report, block_entropy: list },
    measures: [...measures, described],
  };
  expect(card).toMatchObject({ title: 'Block entropy at length', isSlow: true });
  expect(card!.applies(reading)).toBe(false);
  expect(card!.applies(measured)).toBe(true);
  expect(card!.formula(measured)).toBe('H(block) / length');
  const { label, table, drawing } = card!.draw(measured, size);
  expect(label).toBe('Block entropy at length 1 to 3: 0.5 at 1');
  expect(table.columns).toEqual(['length in tokens', 'bits', 'bound']);
  expect(table.rows[1]).toEqual([2, 0.4, 1]);
  expect(textsOf(drawing, 'axis-title')).toContain('length in tokens');
});
