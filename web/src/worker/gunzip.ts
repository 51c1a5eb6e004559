import { Inflate } from 'pako';

type Bytes = Uint8Array<ArrayBuffer>;

const gzipOnly = 31; // windowBits that allow no other wrapping

function withoutZeros(bytes: Bytes): Bytes {
  const start = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(start < 0 ? bytes.byteLength : start);
}

/**
 * Decompresses a gzip file: all its members, one after another, and zeros after any of them. A
 * browser's own DecompressionStream stops with an error after the first member.
 */
export function gunzip(): TransformStream<Bytes, Bytes> {
  let member: Inflate | undefined;
  return new TransformStream({
    transform(chunk, controller) {
      for (let rest = member ? chunk : withoutZeros(chunk); rest.byteLength > 0;) {
        if (!member) {
          member = new Inflate({ windowBits: gzipOnly });
          member.onData = (text: Bytes) => controller.enqueue(text);
        }
        member.push(rest, false);
        if (member.err !== 0) throw new Error(`gzip: cannot be decompressed: ${member.msg}`);
        if (!member.ended) return;
        const unread: number = member['strm'].avail_in;
        member = undefined;
        rest = withoutZeros(rest.subarray(rest.byteLength - unread));
      }
    },
    flush() {
      if (member) throw new Error('gzip: cannot be decompressed: it ends within a member');
    },
  });
}
