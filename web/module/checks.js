// What the module's memory relies on before the core can check anything: typed arrays, and offsets
// that stay inside of them. Everything else the core reads and checks itself.

import { SynthgenError } from './errors.js';

/** A value as messages show it. */
export function shown(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (!ArrayBuffer.isView(value)) return String(value);
  return `a ${value[Symbol.toStringTag] ?? 'DataView'} with ${value.length} entries`;
}

function check(holds, key, value, allowed) {
  if (holds) return;
  const message = `${key}: got ${value}; allowed: ${allowed}`;
  throw new SynthgenError({ kind: 'usage', message, problems: [{ key, value, allowed }] });
}

const isId = (value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff;

const isUint32Array = (array) => array?.[Symbol.toStringTag] === 'Uint32Array';

/** JSONL as text, or the bytes of a file. */
export function checkedText(data) {
  const isText = typeof data === 'string' || data?.[Symbol.toStringTag] === 'Uint8Array';
  check(isText, 'data', shown(data), 'JSONL as a string or a Uint8Array');
  return data;
}

/** The bytes of a file. */
export function checkedBytes(data) {
  const areBytes = data?.[Symbol.toStringTag] === 'Uint8Array';
  check(areBytes, 'bytes', shown(data), 'the bytes of a file as a Uint8Array');
  return data;
}

/** A file's name, whose extension says what it is. */
export function checkedName(name) {
  check(typeof name === 'string', 'name', shown(name), 'a string');
  return name;
}

/** The ids of one sequence, from any list of them. */
export function checkedSequence(ids) {
  check(Array.isArray(ids) || ArrayBuffer.isView(ids), 'sequence', shown(ids), 'a list of ids');
  const bad = ids.findIndex((id) => !isId(id));
  check(bad < 0, `sequence[${bad}]`, shown(ids[bad]), 'an id from 0 to 4294967295');
  return Uint32Array.from(ids);
}

const ascendsTo = (offsets, end) =>
  offsets[0] === 0 &&
  offsets.at(-1) === end &&
  offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]);

function checkLabels(labels, count) {
  const areLabels = labels?.[Symbol.toStringTag] === 'Float64Array' && labels.length === count;
  check(areLabels, 'labels', shown(labels), `a Float64Array with ${count} entries`);
  const bad = labels.findIndex((label) => label !== -100 && !isId(label));
  const allowed = 'an id from 0 to 4294967295, or -100 where none is scored';
  check(bad < 0, `labels[${bad}]`, shown(labels[bad]), allowed);
}

function checkBits(bits, count) {
  const areBits = bits?.[Symbol.toStringTag] === 'Float32Array' && bits.length === count;
  check(areBits, 'predictiveBits', shown(bits), `a Float32Array with ${count} entries`);
}

/** A batch that can be read without leaving its token buffer. */
export function checkedBatch({ tokens, offsets, padding, labels, predictiveBits, latents } = {}) {
  check(isUint32Array(tokens), 'tokens', shown(tokens), 'a Uint32Array');
  check(isUint32Array(offsets), 'offsets', shown(offsets), 'a Uint32Array');
  check(
    ascendsTo(offsets, tokens.length),
    'offsets',
    `${offsets.length} offsets from ${offsets[0]} to ${offsets.at(-1)}`,
    `ascending from 0 to the number of tokens, ${tokens.length}`,
  );
  const fits = (count, i) => count <= offsets[i + 1] - offsets[i];
  check(
    padding === undefined ||
      (isUint32Array(padding) && padding.length < offsets.length && padding.every(fits)),
    'padding',
    shown(padding),
    'a Uint32Array with at most the length of each sequence',
  );
  if (labels !== undefined) checkLabels(labels, tokens.length);
  if (predictiveBits !== undefined) checkBits(predictiveBits, tokens.length);
  check(
    latents === undefined || (Array.isArray(latents) && latents.length === offsets.length - 1),
    'latents',
    Array.isArray(latents) ? `${latents.length} entries` : shown(latents),
    'a list with an entry for each sequence',
  );
  return { tokens, offsets, padding, labels, predictiveBits, latents };
}
