import { createSynthgen } from 'synthgen';
import type { Limits } from 'synthgen';
import { expect, test } from 'vitest';

import { FileMeasuring, readable } from '../../../../web/src/worker/file_measuring';

const synthgen = await createSynthgen();
const bytesOf = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const jsonl = new TextDecoder().decode(
  synthgen
    .generator({ generator: 'pattern', vocab_size: 90, seq_length: 40 })
    .encodeJsonl({ count: 300 }),
);

/** Measures a text cut into pieces of so many lines. */
function measured(text: string, lines: number, limits: Limits = {}) {
  const all = text.split(/(?<=\n)/);
  const measuring = new FileMeasuring(synthgen, 'data.jsonl', limits);
  for (let first = 0; first < all.length; first += lines) {
    const bytes = bytesOf(all.slice(first, first + lines).join(''));
    measuring.add({ bytes, firstLine: first + 1, bytesRead: 0 });
  }
  return measuring.finish();
}

test('a file in pieces has the report of the whole', () => {
  const whole = synthgen.analyzeSequences(synthgen.loadSyntheticData(jsonl));
  const { report, series, validation } = measured(jsonl, 37);
  expect(report).toMatchObject(whole);
  expect(series.get('avg_length')).toEqual(Array.from({ length: 300 }, () => 40));
  expect(series.get('entropy')).toHaveLength(300);
  expect(validation).toMatchObject({ passed: true, num_sequences: 300 });
});

test('faults stand at their lines of the file, whichever piece they are in', () => {
  const lines = jsonl.split(/(?<=\n)/);
  lines[41] = 'no sequence\n';
  lines[200] = '[1,2,-5]\n';
  lines[201] = '[]\n';
  const { validation, report } = measured(lines.join(''), 25, { vocab_size: 90, min_length: 3 });
  const places = validation.faults.map(({ kind, count, first }) => [kind, count, first[0]?.line]);
  expect(places).toEqual(
    expect.arrayContaining([
      ['malformed', 1, 42],
      ['negative_id', 1, 201],
      ['empty', 1, 202],
    ]),
  );
  expect(validation.passed).toBe(false);
  expect(report.num_sequences).toBe(299 - 1);
});

test('every line that can be read is, around those that cannot', () => {
  for (const bad of [[0], [6], [3], [0, 1, 2, 3, 4, 5, 6], [1, 5]]) {
    const text = Array.from({ length: 7 }, (_, i) => (bad.includes(i) ? '{]\n' : `[${i}]\n`));
    const found = [...readable(synthgen, bytesOf(text.join('')), 'f')].flatMap((batch) => [
      ...batch.tokens,
    ]);
    expect(found).toEqual([0, 1, 2, 3, 4, 5, 6].filter((i) => !bad.includes(i)));
  }
});

test('limits that are not allowed are refused by the core', () => {
  expect(() => measured('[1]\n', 1, { min_length: 5, max_length: 2 })).toThrow(
    /max_length|min_length/,
  );
});

test('a sequence that comes again in another piece is a duplicate', () => {
  const lines = jsonl.split(/(?<=\n)/);
  lines[250] = lines[3] ?? '';
  const { validation } = measured(lines.join(''), 40);
  expect(validation.faults).toMatchObject([
    { kind: 'duplicate', count: 1, first: [{ file: 'data.jsonl', line: 251 }] },
  ]);
});
