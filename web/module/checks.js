import { SynthgenError } from './errors.js';

const splits = ['train', 'val', 'test'];

/** The most sequences that one call may ask for; memory ends earlier. */
const mostSequences = 2 ** 31;

/** A value as messages show it. */
export function shown(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (!ArrayBuffer.isView(value)) return String(value);
  return `a ${value[Symbol.toStringTag] ?? 'DataView'} with ${value.length} entries`;
}

function refuse(problems) {
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ key, value, allowed }) => `${key}: got ${value}; allowed: ${allowed}`,
  );
  throw new SynthgenError({ kind: 'usage', message: lines.join('\n'), problems });
}

const unless = (holds, key, value, allowed) => (holds ? [] : [{ key, value, allowed }]);

const isWhole = (value, maximum) => Number.isInteger(value) && value >= 0 && value <= maximum;

const wholeUpTo = (maximum, key, value) =>
  unless(isWhole(value, maximum), key, shown(value), `an integer from 0 to ${maximum}`);

const whole = (key, value) =>
  unless(isWhole(value, 2 ** 32 - 1), key, shown(value), 'an integer that is not negative');

/** A range of sequences with its defaults, as the raw module's arguments. */
export function checkedRange({ split = 'train', first = 0, count, latents = false } = {}) {
  refuse([
    ...unless(splits.includes(split), 'split', shown(split), `one of ${splits.join(', ')}`),
    ...wholeUpTo(Number.MAX_SAFE_INTEGER, 'first', first),
    ...wholeUpTo(mostSequences, 'count', count),
  ]);
  return [split, first, count, latents];
}

/** The config that one of the document's functions means, and its number of sequences. */
export function checkedSample(family, { num_samples, ...parameters } = {}) {
  refuse(wholeUpTo(mostSequences, 'num_samples', num_samples));
  return [{ ...parameters, generator: family, num_train: num_samples }, num_samples];
}

/** An analyzer's options, as numbers that reach the core unchanged; it knows their ranges. */
export function checkedAnalysis({
  ngram = 3,
  top = 10,
  perSequence = false,
  measures = [],
  config,
  memoryLimit = 2 ** 30,
  approximate = false,
} = {}) {
  const names = Array.isArray(measures) && measures.every((name) => typeof name === 'string');
  refuse([
    ...whole('ngram', ngram),
    ...whole('top', top),
    ...unless(names, 'measures', shown(measures), 'a list of names'),
    ...wholeUpTo(Number.MAX_SAFE_INTEGER, 'memoryLimit', memoryLimit),
    ...unless(typeof approximate === 'boolean', 'approximate', shown(approximate), 'true or false'),
  ]);
  const text = config === undefined ? '' : configText(config);
  return [ngram, top, perSequence, measures, text, memoryLimit, approximate];
}

const isObject = (value) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value);

/** A report, how many sequences of each split it is of, and how they were measured. */
export function checkedExpectation(report, sequences, options = {}) {
  refuse([
    ...unless(isObject(report), 'report', shown(report), 'what an analyzer reports'),
    ...unless(isObject(options), 'options', shown(options), 'an object'),
  ]);
  const known = sequences === undefined ? { train: report.num_sequences } : sequences;
  refuse(unless(isObject(known), 'sequences', shown(known), 'numbers by split'));
  refuse(
    Object.entries(known).flatMap(([split, count]) => [
      ...unless(splits.includes(split), 'split', shown(split), `one of ${splits.join(', ')}`),
      ...wholeUpTo(Number.MAX_SAFE_INTEGER, split, count),
    ]),
  );
  const [ngram, top, , , , memoryLimit, approximate] = checkedAnalysis(options);
  const counts = splits.map((split) => known[split] ?? 0);
  return [JSON.stringify(report), counts, ngram, top, memoryLimit, approximate];
}

/** A dataset encoder's options as JSON; the core knows the formats. */
export function checkedFormat({ format = 'jsonl', latents = false, dtype = '', separator } = {}) {
  refuse([
    ...unless(typeof format === 'string', 'format', shown(format), 'the name of a format'),
    ...unless(typeof latents === 'boolean', 'latents', shown(latents), 'true or false'),
    ...unless(typeof dtype === 'string', 'dtype', shown(dtype), 'the name of a type'),
    ...(separator === undefined ? [] : wholeUpTo(2 ** 32 - 1, 'separator', separator)),
  ]);
  return JSON.stringify({ format, latents, dtype, separator });
}

/** The limits of a validation as JSON; the core knows their ranges. */
export function checkedLimits({ vocab_size, min_length, max_length, allow_duplicates } = {}) {
  const limits = { vocab_size, min_length, max_length };
  const problems = Object.entries(limits)
    .filter(([, value]) => value !== undefined && !Number.isSafeInteger(value))
    .map(([key, value]) => ({ key, value: shown(value), allowed: 'an integer' }));
  refuse(problems);
  return JSON.stringify({ ...limits, allow_duplicates });
}

/** The number of a text's first line. */
export function checkedLine(line) {
  const good = Number.isSafeInteger(line) && line >= 1;
  refuse(unless(good, 'firstLine', shown(line), 'an integer from 1 up'));
  return line;
}

/** Bounds of complexity as numbers; the core knows their range. */
export function checkedBounds(minimum, maximum) {
  refuse([
    ...unless(
      typeof minimum === 'number',
      'min_complexity',
      shown(minimum),
      'a number from 0 to 1',
    ),
    ...unless(
      typeof maximum === 'number',
      'max_complexity',
      shown(maximum),
      'a number from 0 to 1',
    ),
  ]);
  return [minimum, maximum];
}

/** A length in tokens. */
export function checkedLength(length) {
  const good = Number.isSafeInteger(length) && length >= 1;
  refuse(unless(good, 'max_length', shown(length), 'an integer from 1 up'));
  return length;
}

/** JSONL as the core reads it: text, or its bytes. */
export function checkedText(data) {
  const isText = typeof data === 'string' || data?.[Symbol.toStringTag] === 'Uint8Array';
  refuse(unless(isText, 'data', shown(data), 'JSONL as a string or a Uint8Array'));
  return data;
}

/** The bytes of a file. */
export function checkedBytes(data) {
  const areBytes = data?.[Symbol.toStringTag] === 'Uint8Array';
  refuse(unless(areBytes, 'bytes', shown(data), 'the bytes of a file as a Uint8Array'));
  return data;
}

/** A file's name, whose extension says what it is. */
export function checkedName(name) {
  refuse(unless(typeof name === 'string', 'name', shown(name), 'a string'));
  return name;
}

const isUint32Array = (array) => array?.[Symbol.toStringTag] === 'Uint32Array';

const ascendsTo = (offsets, end) =>
  offsets[0] === 0 &&
  offsets.at(-1) === end &&
  offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]);

/** The ids of one sequence, from any list of them. */
export function checkedSequence(ids) {
  const isList = Array.isArray(ids) || ArrayBuffer.isView(ids);
  refuse(unless(isList, 'sequence', shown(ids), 'a list of ids'));
  const bad = ids.findIndex((id) => !isWhole(id, 2 ** 32 - 1));
  refuse(unless(bad < 0, `sequence[${bad}]`, shown(ids[bad]), 'an id from 0 to 4294967295'));
  return Uint32Array.from(ids);
}

const isLabel = (value) => value === -100 || isWhole(value, 2 ** 32 - 1);

function labelProblems(labels, count) {
  if (labels?.[Symbol.toStringTag] !== 'Float64Array' || labels.length !== count) {
    return unless(false, 'labels', shown(labels), `a Float64Array with ${count} entries`);
  }
  const bad = labels.findIndex((label) => !isLabel(label));
  return unless(
    bad < 0,
    `labels[${bad}]`,
    shown(labels[bad]),
    'an id from 0 to 4294967295, or -100 where none is scored',
  );
}

/** A batch that may be read without leaving its token buffer. */
export function checkedBatch({ tokens, offsets, padding, labels, latents } = {}) {
  refuse([
    ...unless(isUint32Array(tokens), 'tokens', shown(tokens), 'a Uint32Array'),
    ...unless(isUint32Array(offsets), 'offsets', shown(offsets), 'a Uint32Array'),
  ]);
  refuse(
    unless(
      ascendsTo(offsets, tokens.length),
      'offsets',
      `${offsets.length} offsets from ${offsets[0]} to ${offsets.at(-1)}`,
      `ascending from 0 to the number of tokens, ${tokens.length}`,
    ),
  );
  const fits = (count, i) => count <= offsets[i + 1] - offsets[i];
  refuse(
    unless(
      padding === undefined ||
        (isUint32Array(padding) && padding.length < offsets.length && padding.every(fits)),
      'padding',
      shown(padding),
      'a Uint32Array with at most the length of each sequence',
    ),
  );
  refuse(labels === undefined ? [] : labelProblems(labels, tokens.length));
  refuse(
    unless(
      latents === undefined || (Array.isArray(latents) && latents.length === offsets.length - 1),
      'latents',
      Array.isArray(latents) ? `${latents.length} entries` : shown(latents),
      'a list with an entry for each sequence',
    ),
  );
  return { tokens, offsets, padding, labels, latents: latents && JSON.stringify(latents) };
}

/** A config as JSON; numbers that JSON lacks go as words, so that the core can name them. */
export const configText = (config) =>
  JSON.stringify(config ?? null, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
