import { gunzip } from './gunzip';

const newline = 10;
const pieceBytes = 2 ** 20;
/** A line longer than this is no sequence that a page can hold. */
const mostBytes = 2 ** 28;

/** Whole lines of a text, and what is known of where they stand. */
export interface LinePiece {
  bytes: Uint8Array<ArrayBuffer>;
  /** Number of the first line in the file, from 1. */
  firstLine: number;
  /** Bytes of the file read so far. */
  bytesRead: number;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** Where a piece of these bytes should end: after a line; 0 where there is no whole one yet. */
function lineEnd(bytes: Uint8Array, isLast: boolean): number {
  const near = bytes.lastIndexOf(newline, pieceBytes) + 1;
  if (near > 0 && bytes.byteLength > pieceBytes) return near;
  const next = bytes.indexOf(newline, pieceBytes) + 1;
  if (next > 0) return next;
  return isLast ? bytes.byteLength : bytes.lastIndexOf(newline) + 1;
}

/**
 * Reads a text file, or one compressed by gzip, in pieces of about a megabyte that end with a line.
 * Fails where a line is longer than a page can hold.
 */
export async function* linePieces(file: Blob, isGzip: boolean): AsyncGenerator<LinePiece> {
  let bytesRead = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytesRead += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  const plain = file.stream().pipeThrough(counted);
  const text = isGzip ? plain.pipeThrough(gunzip()) : plain;
  const reader = text.getReader();
  let parts: Uint8Array[] = [];
  let held = 0;
  let firstLine = 1;
  for (;;) {
    const { done, value } = await reader.read();
    if (value) {
      parts.push(value);
      held += value.byteLength;
    }
    if (held > mostBytes) throw new Error(`line ${firstLine} is longer than ${mostBytes} bytes`);
    if (!done && held < pieceBytes) continue;
    let rest = joined(parts);
    for (let end = lineEnd(rest, done); end > 0; end = lineEnd(rest, done)) {
      const bytes = rest.slice(0, end);
      rest = rest.subarray(end);
      yield { bytes, firstLine, bytesRead };
      firstLine += countLines(bytes);
    }
    parts = [rest];
    held = rest.byteLength;
    if (done) return;
  }
}
