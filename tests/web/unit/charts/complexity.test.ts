import { describe, expect, test } from 'vitest';

import { complexity } from '../../../../web/src/charts/complexity';
import { rankedCurve, stages } from '../../../../web/src/model/curriculum';
import { nodes, numberAt, textsOf, withClass } from './read';

const size = { width: 330, height: 210 };
const curve = rankedCurve(Array.from({ length: 101 }, (_, i) => ((i * 37) % 101) / 100));

test('each stage of the curriculum has a strip and two borders, in order', () => {
  const { drawing } = complexity({ curve, sequences: 101, stages }, size);
  const marks = withClass(drawing, 'stage');
  expect(marks.map((mark) => mark.children.at(-1))).toMatchObject([
    { children: ['stage1'] },
    { children: ['stage2'] },
    { children: ['stage3'] },
  ]);
  const borders = marks.map((mark) =>
    nodes(mark, ({ tag }) => tag === 'line').map((line) => numberAt(line, 'x1')),
  );
  const [first, second, third] = borders as [number, number][];
  const end = third![1];
  const start = first![0];
  expect((first![1] - start) / (end - start)).toBeCloseTo(0.3, 2);
  expect((second![0] - start) / (end - start)).toBeCloseTo(0.2, 2);
  expect((second![1] - start) / (end - start)).toBeCloseTo(0.6, 2);
  expect((third![0] - start) / (end - start)).toBeCloseTo(0.5, 2);
});

test('the table shows which complexities a stage takes', () => {
  const { table } = complexity({ curve, sequences: 101, stages }, size);
  expect(table.rows[1]).toEqual([
    'stage2',
    0.2,
    0.6,
    expect.closeTo(0.2),
    expect.closeTo(0.6),
    256,
  ]);
});

test('axes have titles', () => {
  const { drawing } = complexity({ curve, sequences: 101, stages }, size);
  expect(textsOf(drawing, 'axis-title')).toEqual([
    'complexity, 0 to 1',
    'rank among the sequences',
  ]);
});

describe('a curve', () => {
  test('ascends from rank 0 to rank 1, whatever the order and number of values', () => {
    for (const count of [2, 3, 199, 5000]) {
      const made = rankedCurve(Array.from({ length: count }, (_, i) => Math.sin(i)));
      expect(made[0]?.[0]).toBe(0);
      expect(made.at(-1)?.[0]).toBe(1);
      expect(made.length).toBeLessThanOrEqual(402);
      made.slice(1).forEach(([rank, value], i) => {
        expect(rank).toBeGreaterThan(made[i]![0]);
        expect(value).toBeGreaterThanOrEqual(made[i]![1]);
      });
    }
  });
});
