// Builds small files as other programs write them, byte by byte.

import { crc32 as zlibCrc32 } from 'node:zlib';

const concat = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));

function littleEndian(count, write) {
  const bytes = Buffer.alloc(count);
  write(bytes);
  return bytes;
}

export const u16 = (value) => littleEndian(2, (bytes) => bytes.writeUInt16LE(value));
export const u32 = (value) => littleEndian(4, (bytes) => bytes.writeUInt32LE(value));
export const u64 = (value) => littleEndian(8, (bytes) => bytes.writeBigUInt64LE(BigInt(value)));

/** Numbers of a type such as 'i8', one after another; the type begins with > for big endian. */
export function numbers(type, values) {
  const [, order, kind, width] = /^([<>]?)([iu])(\d)$/.exec(type);
  const one = (value) => {
    const bits = BigInt.asUintN(8 * Number(width), BigInt(value));
    const bytes = u64(bits).subarray(0, Number(width));
    return order === '>' ? Buffer.from(bytes).reverse() : bytes;
  };
  if (kind === undefined) throw new Error(type);
  return concat(...values.map(one));
}

/** Doubles of 8 bytes. */
export const doubles = (values) => Buffer.from(Float64Array.from(values).buffer);

/** An NPY file: the head is Python text, version 1 unless another is given. */
export function npyOf(head, data, version = 1) {
  const text = Buffer.from(`${head}\n`, 'latin1');
  const length = version === 1 ? u16(text.length) : u32(text.length);
  return concat('', Buffer.from([0x93]), 'NUMPY', Buffer.from([version, 0]), length, text, data);
}

export const npyHead = (descr, shape, fortran = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;

/** An NPY file of integers. */
export const npy = (type, shape, values) =>
  npyOf(npyHead(`'${type[0] === '>' ? '' : '<'}${type}'`, shape), numbers(type, values));

/** A safetensors file: tensors are [name, dtype, shape, bytes]. */
export function safetensors(tensors, { metadata, alignment = 8, after = '' } = {}) {
  const header = metadata === undefined ? {} : { __metadata__: metadata };
  let end = 0;
  for (const [name, dtype, shape, data] of tensors) {
    header[name] = { dtype, shape, data_offsets: [end, end + data.length] };
    end += data.length;
  }
  let text = JSON.stringify(header);
  text += ' '.repeat((alignment - (text.length % alignment)) % alignment);
  return concat(u64(text.length), text, ...tensors.map(([, , , data]) => data), after);
}

/** CRC-32 of bytes, as ZIP has it. */
export function crc32(bytes) {
  if (zlibCrc32 !== undefined) return zlibCrc32(bytes);
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** A ZIP of stored records [name, bytes, sum]; the sum is the right one unless it is given. */
export function zip(records) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, data, sum = crc32(Buffer.from(data))] of records) {
    const bytes = Buffer.from(data);
    const common = concat(
      u16(0),
      u16(0),
      u32(0),
      u32(sum),
      u32(bytes.length),
      u32(bytes.length),
      u16(name.length),
      u16(0),
    );
    const local = concat('PK\x03\x04', u16(20), common, name, bytes);
    directory.push(
      concat('PK\x01\x02', u16(20), u16(20), common, u16(0), u16(0), u16(0), u32(0)),
      concat(u32(offset), name),
    );
    parts.push(local);
    offset += local.length;
  }
  const table = concat(...directory);
  const count = u16(records.length);
  const end = concat('PK\x05\x06', u32(0), count, count, u32(table.length), u32(offset), u16(0));
  return concat(...parts, table, end);
}

/** The pickle of a tensor of int64 with that shape, two dimensions below 256. */
export function tensorPickle([rows, columns]) {
  const text = (word) => concat('X', u32(word.length), word);
  const byte = (value) => Buffer.from([0x4b, value]);
  return concat(
    Buffer.from([0x80, 2]),
    'ctorch._utils\n_rebuild_tensor_v2\n((',
    text('storage'),
    'ctorch\nLongStorage\n',
    text('0'),
    text('cpu'),
    byte(rows * columns),
    'tQ',
    byte(0),
    '(',
    byte(rows),
    byte(columns),
    't(',
    byte(columns),
    byte(1),
    't',
    Buffer.from([0x89]),
    'ccollections\nOrderedDict\n)RtR.',
  );
}

/** A shard of llm.c: 256 integers, then the ids. */
export function llmc(magic, version, type, ids) {
  const head = Buffer.alloc(1024);
  head.writeInt32LE(magic, 0);
  head.writeInt32LE(version, 4);
  head.writeInt32LE(ids.length, 8);
  return concat(head, numbers(type, ids));
}

/** A text in UTF-16. */
export const utf16 = (text, mark = true) => Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
export const utf16BigEndian = (text) => utf16(text).swap16();
