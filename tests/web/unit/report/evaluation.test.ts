import { expect, test } from 'vitest';

import { curvesOf, kindRows, meanRows, type Evaluation } from '../../../../web/report/evaluation';
import { loadDrawings } from '../../../../web/src/panels/charts/cards/chart_loader';
import { curveCard } from '../../../../web/src/panels/charts/cards/distance_cards';

await loadDrawings();

const evaluation: Evaluation = {
  files: ['val.jsonl'],
  split: 'val',
  sequences: 2,
  model: 'losses.npy',
  unit: 'nats',
  target: 'tokens',
  targets: 6,
  loss: 1.5,
  floor: 1.25,
  excess: { mean: 0.25, low: 0.2, high: 0.3 },
  below_floor: false,
  by_kind: [
    {
      kind: 'fresh',
      targets: 6,
      loss: 1.5,
      floor: 1.25,
      excess: { mean: 0.25, low: null, high: null },
    },
  ],
  by_position: {
    position: [1, 2, 3],
    loss: [1.5, 1.25, 1.75],
    floor: [1.25, 1.25, 1.25],
    excess: [0.25, 0, 0.5],
  },
};

test('means and kinds are rows with their intervals', () => {
  expect(meanRows(evaluation)).toEqual([
    { head: 'loss in nats', cells: ['1.5', ''] },
    { head: 'floor in nats', cells: ['1.25', ''] },
    { head: 'excess in nats', cells: ['0.25', '0.2 to 0.3'] },
  ]);
  expect(kindRows(evaluation)).toEqual([{ head: 'fresh', cells: ['1.5', '1.25', '0.25', '–'] }]);
});

test('charts over positions count tokens from 1 and draw the floor with the loss', () => {
  const reading = curvesOf(evaluation);
  expect(reading.measures.map(({ name }) => name)).toEqual(['excess', 'loss']);
  const [excess, loss] = reading.measures.map((measure) =>
    curveCard(measure).draw(reading, { width: 300, height: 210 }),
  );
  expect(excess!.table.rows).toEqual([
    [2, 0.25],
    [3, 0],
    [4, 0.5],
  ]);
  expect(loss!.table.columns.slice(1)).toEqual(['nats', 'floor']);
  expect(loss!.table.rows[2]).toEqual([4, 1.75, 1.25]);
});

test('divergence and variation have charts where laws are known', () => {
  const { by_position } = evaluation;
  const withLaws = {
    ...evaluation,
    kl_divergence: { mean: 0.1, low: 0.1, high: 0.1 },
    total_variation: { mean: 0.2, low: 0.2, high: 0.2 },
    by_position: { ...by_position, kl_divergence: [0, 0.1, 0.2], total_variation: [0.2, 0.2, 0.2] },
  };
  const reading = curvesOf(withLaws);
  expect(reading.measures.map(({ name }) => name)).toEqual([
    'excess',
    'loss',
    'divergence',
    'variation',
  ]);
  for (const measure of reading.measures) expect(curveCard(measure).applies(reading)).toBe(true);
  expect(meanRows(withLaws).map(({ head }) => head)).toContain('total variation');
});
