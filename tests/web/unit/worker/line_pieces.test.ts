import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { gunzip } from '../../../../web/src/worker/gunzip';
import { linePieces } from '../../../../web/src/worker/line_pieces';

async function piecesOf(parts: BlobPart[], isGzip = false) {
  const found = [];
  for await (const piece of linePieces(new Blob(parts), isGzip)) found.push(piece);
  return found;
}

const textOf = (pieces: { bytes: Uint8Array }[]) =>
  pieces.map(({ bytes }) => new TextDecoder().decode(bytes)).join('');

/** Some megabytes of lines of different lengths. */
const lines = Array.from({ length: 40000 }, (_, i) => `[${i}${',7'.repeat(i % 90)}]\n`);
const text = lines.join('');

test('pieces are whole lines, in order, with nothing lost', async () => {
  const pieces = await piecesOf([text]);
  expect(pieces.length).toBeGreaterThan(2);
  expect(textOf(pieces)).toBe(text);
  for (const { bytes } of pieces) expect(bytes.at(-1)).toBe(10);
});

test('pieces know where they begin and how much was read', async () => {
  const pieces = await piecesOf([text]);
  for (const { bytes, firstLine } of pieces) {
    const [first] = new TextDecoder().decode(bytes.subarray(0, 200)).split('\n');
    expect(`${first}\n`).toBe(lines[firstLine - 1]);
  }
  expect(pieces.at(-1)?.bytesRead).toBe(text.length);
});

test('a last line without a line break is read', async () => {
  expect(textOf(await piecesOf(['[1]\n[2]']))).toBe('[1]\n[2]');
});

test('an empty file has no pieces', async () => {
  expect(await piecesOf([''])).toEqual([]);
});

test('gzip is read like the text itself', async () => {
  const packed = new Uint8Array(gzipSync(text));
  const pieces = await piecesOf([packed], true);
  expect(textOf(pieces)).toBe(text);
  expect(pieces.at(-1)?.bytesRead).toBe(packed.byteLength);
});

test('gzip of several members, with zeros between and after them, is read whole', async () => {
  const starts = Array.from({ length: lines.length / 5000 }, (_, i) => 5000 * i);
  const packed = starts.flatMap((start) => [
    new Uint8Array(gzipSync(lines.slice(start, start + 5000).join(''))),
    new Uint8Array(3),
  ]);
  expect(textOf(await piecesOf(packed, true))).toBe(text);
});

test('gzip is read whole wherever its pieces end', async () => {
  const packed = Buffer.concat([
    gzipSync('[1]\n'),
    Buffer.alloc(2),
    gzipSync(''),
    gzipSync('[2]\n'),
  ]);
  for (const size of [1, 2, 7, 30]) {
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < packed.length; at += size) {
          controller.enqueue(new Uint8Array(packed.subarray(at, at + size)));
        }
        controller.close();
      },
    });
    expect(await new Response(stream.pipeThrough(gunzip())).text()).toBe('[1]\n[2]\n');
  }
});

test('gzip that is cut or damaged fails', async () => {
  const packed = new Uint8Array(gzipSync(text));
  await expect(piecesOf([packed.slice(0, -9)], true)).rejects.toThrow(/ends within a member/);
  packed[packed.length - 6] = (packed.at(-6) ?? 0) ^ 1;
  await expect(piecesOf([packed], true)).rejects.toThrow(/incorrect data check/);
});

test('what is called gzip and is none fails', async () => {
  await expect(piecesOf(['[1]\n'], true)).rejects.toThrow();
});
