// Streams of ids, named .bin, and what else is found under that name.

import { gzipSync } from 'node:zlib';

import { llmc, npy, numbers, safetensors, tensorPickle, zip } from './builders.js';

const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const one = '{"input_ids":[1,2,3]}';
const two = '{"input_ids":[4,5]}';

const stream = (what, bytes, metadata, outcome) => ({
  what: `a stream: ${what}`,
  name: 'data.bin',
  bytes,
  others: metadata === undefined ? {} : { '_metadata.json': JSON.stringify(metadata) },
  ...outcome,
});
const short = numbers('u2', [1, 2, 3, 4]);
const halves = [
  [1, 2],
  [3, 4],
];
const length2 = { dtype: 'uint16', seq_length: 2 };

export const streams = [
  stream('rows', short, length2, { sequences: halves }),
  stream('a length of 2.0', short, { dtype: 'uint16', seq_length: 2.0 }, { sequences: halves }),
  stream('a last row that is short', numbers('u2', [1, 2, 3]), length2, {
    sequences: [[1, 2], [3]],
  }),
  stream(
    'uint32',
    numbers('u4', [1, 2, 3, 70000]),
    { dtype: 'uint32', seq_length: 2 },
    {
      sequences: [
        [1, 2],
        [3, 70000],
      ],
    },
  ),
  stream(
    'separators',
    numbers('u2', [1, 2, 9, 3, 4, 9]),
    { dtype: 'uint16', separator: 9, seq_length: 3 },
    { sequences: halves },
  ),
  stream(
    'separators in front',
    numbers('u2', [9, 1, 2, 9, 3]),
    { dtype: 'uint16', separator: 9 },
    { refused: /begins with the separator 9, which here precedes each sequence/ },
  ),
  stream(
    'separators that are said to be in front',
    numbers('u2', [9, 1, 2, 9, 3, 4]),
    { dtype: 'uint16', separator: 9, separator_first: true },
    { sequences: halves },
  ),
  stream(
    'a stream that begins inside a document',
    numbers('u2', [1, 2, 9, 3, 4]),
    { dtype: 'uint16', separator: 9, separator_first: true },
    { sequences: halves, notes: /begins inside a sequence/ },
  ),
  stream(
    'a stream that ends inside a document',
    numbers('u2', [1, 2, 9, 3, 4]),
    { dtype: 'uint16', separator: 9 },
    { sequences: halves, notes: /ends inside a sequence/ },
  ),
  stream(
    'as many sequences as promised, but the last has no separator after it',
    numbers('u2', [1, 2, 9, 3, 4]),
    { dtype: 'uint16', separator: 9, num_samples: 2 },
    { refused: /no separator 9 after the last sequence/ },
  ),
  stream('no metadata', short, undefined, { refused: /it is not known where its sequences begin/ }),
  stream('nothing at all', '', undefined, { refused: /it is not known where its sequences begin/ }),
  stream(
    'a misspelt member',
    short,
    { dtype: 'uint16', seq_len: 2 },
    { refused: /_metadata\.json: seq_len: is not a known key/ },
  ),
  stream(
    'a negative length',
    short,
    { dtype: 'uint16', seq_length: -2 },
    { refused: /seq_length: got -2; allowed: an integer from 0 up/ },
  ),
  stream(
    'a length as text',
    short,
    { dtype: 'uint16', seq_length: '2' },
    { refused: /seq_length: got "2"; allowed: an integer/ },
  ),
  stream(
    'a length of 0',
    short,
    { dtype: 'uint16', seq_length: 0 },
    { refused: /seq_length in its metadata is 0/ },
  ),
  stream(
    'a dtype of NumPy',
    short,
    { dtype: '<u2', seq_length: 2 },
    { refused: /dtype: got "<u2"; allowed: one of uint16, uint32/ },
  ),
  stream(
    'int32',
    numbers('i4', [1, 2]),
    { dtype: 'int32', seq_length: 2 },
    { refused: /dtype: got "int32"; allowed: one of uint16, uint32/ },
  ),
  stream(
    'neither length nor separator',
    short,
    { dtype: 'uint16' },
    { refused: /seq_length: is missing, and so is separator/ },
  ),
  stream(
    'uint32 said to be uint16',
    numbers('u4', [1, 2, 3, 4, 5, 6, 7, 8]),
    { dtype: 'uint16', seq_length: 4 },
    { refused: /every second id is 0, as if they were uint32/ },
  ),
  stream(
    'zeros that are ids',
    numbers('u2', [1, 0, 1, 0, 1, 0, 1, 0]),
    { dtype: 'uint16', seq_length: 4, vocab_size: 2 },
    {
      sequences: [
        [1, 0, 1, 0],
        [1, 0, 1, 0],
      ],
    },
  ),
  stream(
    'ids beyond the vocabulary',
    short,
    { ...length2, vocab_size: 4 },
    { refused: /id 4; its metadata allows 0 to 3, below vocab_size/ },
  ),
  stream(
    'fewer rows than promised',
    short,
    { ...length2, num_samples: 3 },
    { refused: /has 2 sequences; the num_samples of its metadata is 3/ },
  ),
  stream(
    'fewer separated sequences',
    numbers('u2', [1, 9, 2, 9]),
    { dtype: 'uint16', separator: 9, num_samples: 3 },
    { refused: /has 2 sequences; the num_samples of its metadata is 3/ },
  ),
  stream(
    'a shard of llm.c',
    llmc(20240520, 1, 'u2', [1, 2, 3, 4]),
    { seq_length: 2 },
    { sequences: halves },
  ),
  stream(
    'a shard of llm.c with separators in front',
    llmc(20240520, 1, 'u2', [9, 1, 2, 9, 3, 4]),
    { separator: 9, separator_first: true },
    { sequences: halves },
  ),
  stream(
    'a shard of llm.c of another type than its metadata say',
    llmc(20240801, 7, 'u4', rows),
    length2,
    { refused: /its header says uint32, and its metadata uint16/ },
  ),
  stream(
    'a shard of llm.c of another length than its header says',
    llmc(20240520, 1, 'u2', rows).subarray(0, 1030),
    length2,
    { refused: /12 ids of uint16 do not make the 6 bytes that follow/ },
  ),
  stream('a later shard of llm.c', llmc(20240801, 7, 'u4', rows), undefined, {
    refused: /a shard of llm\.c; it is not known where its sequences begin; .*separator_first/,
  }),
  stream('gzip', gzipSync(numbers('u2', rows)), length2, { refused: /its content is gzip/ }),
  stream('ids that begin like gzip', numbers('u2', [35615, 40000, 3, 4, 5, 6]), length2, {
    sequences: [
      [35615, 40000],
      [3, 4],
      [5, 6],
    ],
  }),
  stream('NPY', npy('u2', '(3, 4)', rows), length2, { refused: /its content is NPY/ }),
  stream(
    'a ZIP of PyTorch',
    zip([
      ['a/data.pkl', tensorPickle([3, 4])],
      ['a/data/0', numbers('i8', rows)],
    ]),
    length2,
    {
      refused: /its content is a ZIP, as PyTorch writes/,
    },
  ),
  stream(
    'a pickle',
    Buffer.from([0x80, 4, 0x5d, 0x28, 0x4b, 1, 0x4b, 2, 0x4b, 3, 0x65, 0x2e]),
    length2,
    { refused: /its content is a pickle/ },
  ),
  stream('ids that begin like a pickle', numbers('u2', [0x0480, 5, 6, 7]), length2, {
    sequences: [
      [0x0480, 5],
      [6, 7],
    ],
  }),
  stream('safetensors', safetensors([['input_ids', 'I64', [3, 4], numbers('i8', rows)]]), length2, {
    refused: /its content is safetensors/,
  }),
  stream(
    'HDF5',
    Buffer.concat([Buffer.from([0x89]), Buffer.from('HDF\r\n\x1a\n'), Buffer.alloc(40)]),
    length2,
    { refused: /its content is HDF5/ },
  ),
  stream('text', `${one}\n${two}\n`, length2, { refused: /its content is text/ }),
  stream(
    'an index of Megatron',
    Buffer.concat([Buffer.from('MMIDIDX\0\0'), Buffer.alloc(41)]),
    length2,
    { refused: /its content is Megatron's index/ },
  ),
  stream(
    'characters',
    numbers('u2', [...Buffer.from('To be, or not to be, that is')]),
    { dtype: 'uint16', seq_length: 28 },
    { sequences: [[...Buffer.from('To be, or not to be, that is')]] },
  ),
];
