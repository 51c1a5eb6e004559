import { expect, test } from 'vitest';

import { chartCards } from '../../../../web/src/panels/charts/cards/cards';
import { loadDrawings } from '../../../../web/src/panels/charts/cards/chart_loader';
import { inspect } from '../../../../web/src/model/inspection';
import { find, valuesOf } from '../../../../web/src/model/selection';
import { measures, previewOf } from '../model/previews';

// The brush brings its styles along, which there is no use for here.
const { markAt, placeOf, selectionOf } = await import('../../../../web/src/panels/charts/brush');

await loadDrawings();

const preview = previewOf({ generator: 'pattern', vocab_size: 30, seq_length: 40 }, 80);
const reading = inspect(preview, measures);
const size = { width: 300, height: 210 };
const cardNamed = (title: string) => chartCards.find((card) => card.title === title)!;

test('the nearest mark is found under a place and beyond the ends', () => {
  const table = { columns: [], rows: [] };
  const marks = {
    along: 'x' as const,
    at: [
      [10, 20],
      [20, 30],
      [50, 50],
    ] as const,
    table,
  };
  expect([0, 15, 24, 45, 99].map((place) => markAt(marks, place))).toEqual([0, 0, 1, 2, 2]);
});

test('every chart has a mark for each row of its table, in the drawing', () => {
  for (const card of chartCards.filter(({ applies }) => applies(reading))) {
    const { marks } = card.draw(reading, size);
    expect(marks.at.length, card.title).toBe(marks.table.rows.length);
    const end = marks.along === 'x' ? size.width : size.height;
    for (const [from, to] of marks.at) {
      expect(from, card.title).toBeLessThanOrEqual(to);
      expect(from, card.title).toBeGreaterThanOrEqual(-1);
      expect(to, card.title).toBeLessThanOrEqual(end + 1);
    }
  }
});

test('the bars of a histogram choose all of the sequences, each once', () => {
  const card = cardNamed('Entropy');
  const { marks } = card.draw(reading, size);
  const counts = marks.table.rows.map(
    (_, i) => find(selectionOf(card.behind!, reading, marks, [i, i])!, preview).places.length,
  );
  expect(counts).toEqual(marks.table.rows.map(([, , count]) => count));
});

test('a value lies inside the bar that counts it', () => {
  const { marks } = cardNamed('Entropy').draw(reading, size);
  for (const value of valuesOf(preview, 'entropy') as number[]) {
    const place = placeOf(value, marks)!;
    const bar = marks.table.rows.findIndex(
      ([from, to]) => value >= Number(from) && value <= Number(to),
    );
    const [start, end] = marks.at[bar]!;
    expect(place).toBeGreaterThanOrEqual(start);
    expect(place).toBeLessThanOrEqual(end);
  }
  expect(placeOf(1e9, marks)).toBeUndefined();
});

test('a rank of the token frequencies chooses the id with that many occurrences', () => {
  const card = cardNamed('Token frequency');
  const { marks } = card.draw(reading, size);
  for (const [i, [, occurrences]] of marks.table.rows.entries()) {
    const { places } = find(selectionOf(card.behind!, reading, marks, [i, i])!, preview);
    expect(places.length).toBe(occurrences);
  }
});
