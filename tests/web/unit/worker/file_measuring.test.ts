import { createSynthgen } from 'synthgen';
import type { Limits } from 'synthgen';
import { expect, test } from 'vitest';

import { FileMeasuring } from '../../../../web/src/worker/file_measuring';
import { readable } from '../../../../web/src/worker/visitor_file';

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
  expect(series.get('length')).toEqual(Array.from({ length: 300 }, () => 40));
  expect(series.get('entropy')).toHaveLength(300);
  expect(validation).toMatchObject({ passed: true, num_sequences: 300 });
});

/** Measures a file in memory as a whole. */
function measuredFile(bytes: Uint8Array, name: string, limits: Limits = {}) {
  const measuring = new FileMeasuring(synthgen, name, limits);
  const progress = [...measuring.addFile(bytes)];
  return { ...measuring.finish(), progress };
}

/** NPY of rows of 16-bit ids. */
function npyOf(rows: number[][]): Uint8Array {
  const shape = `(${rows.length}, ${rows[0]?.length ?? 0})`;
  const head = `{'descr': '<u2', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  const magic = Uint8Array.of(0x93, ...bytesOf('NUMPY'), 1, 0, head.length, 0);
  const ids = new Uint8Array(Uint16Array.from(rows.flat()).buffer);
  return Uint8Array.of(...magic, ...bytesOf(head), ...ids);
}

test('a file of another format has the report of its sequences', () => {
  const rows = Array.from({ length: 30 }, (_, i) => [i, 1, 2, i, 1, 2]);
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const { report, validation, progress } = measuredFile(npyOf(rows), 'a.npy', { vocab_size: 29 });
  expect(report).toEqual(measured(lines, 30, { vocab_size: 29 }).report);
  expect(progress.at(-1)).toBe(npyOf(rows).length);
  expect(validation.faults).toMatchObject([
    { kind: 'id_too_large', count: 1, first: [{ file: 'a.npy', line: 30 }] },
  ]);
});

test('a file that is not whole is a fault of the file', () => {
  const bytes = npyOf([
    [1, 2],
    [3, 4],
  ]).subarray(0, 130);
  const { report, validation } = measuredFile(bytes, 'cut.npy');
  expect(report.num_sequences).toBe(0);
  expect(validation.faults).toMatchObject([
    { kind: 'malformed', count: 1, first: [{ file: 'cut.npy', line: 0 }] },
  ]);
});

test('faults have their lines in the file, whichever piece they are in', () => {
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

test('a file named as text is refused by the name of what it is', () => {
  const parquet = Uint8Array.of(...bytesOf('PAR1'), 0x15, 4, 0x15, 0xd2, 10, ...bytesOf('{"\n'));
  for (const name of ['a.jsonl', 'a.jsonl.gz']) {
    const measuring = new FileMeasuring(synthgen, name, {});
    measuring.add({ bytes: parquet, firstLine: 1, bytesRead: 0 });
    measuring.add({ bytes: bytesOf('[1,2]\n'), firstLine: 2, bytesRead: 0 });
    expect(measuring.isRefused).toBe(true);
    const { validation, report } = measuring.finish();
    expect(report.num_sequences).toBe(0);
    expect(validation.passed).toBe(false);
    const messages = validation.faults.flatMap(({ first }) => first.map(({ message }) => message));
    expect(messages).toEqual([expect.stringMatching(/named \.jsonl, but its content is Parquet/)]);
  }
  const { validation } = measured(jsonl, 100);
  expect(validation.passed).toBe(true);
});

test('members that are not read are named in a note', () => {
  const { validation } = measured(
    '{"input_ids":[1,2],"text":"a"}\n{"input_ids":[3],"text":"b"}\n',
    1,
  );
  expect(validation.notes).toEqual(['data.jsonl: not read: text']);
});
