// Files whose name or first bytes say what they are.

import { gzipSync } from 'node:zlib';

const one = '{"input_ids":[1,2,3]}';
const two = '{"input_ids":[4,5]}';
const both = [
  [1, 2, 3],
  [4, 5],
];
const only = [[1, 2, 3]];

export const named = [
  ['a list of lists', 'nested.json', '[[1,2],[3]]', { sequences: [[1, 2], [3]] }],
  ['an empty list', 'empty.json', '[]', { sequences: [] }],
  ['an empty list after a byte order mark', 'empty.json', '\uFEFF [ ]\r\n', { sequences: [] }],
  ['an empty list in gzip', 'empty.json.gz', gzipSync('[]\n'), { sequences: [] }],
  [
    'more after an empty list',
    'data.json',
    '[]\n[1,2]\n',
    { refused: /:2: text after the end of the array/ },
  ],
  [
    'columns',
    'columns.json',
    '{"input_ids":[[1,2],[3]]}',
    { refused: /token 0: an array where an id/ },
  ],
  [
    'ids with blanks',
    'ids.txt',
    '1 2 3\n',
    { refused: /a number where an object or a list of ids belongs/ },
  ],
  [
    'ids with tabs',
    'ids.tsv',
    '1\t2\n',
    { refused: /a number where an object or a list of ids belongs/ },
  ],
  ['an extension in capitals', 'data.JSONL', `${one}\n`, { sequences: only }],
  ['.ndjson', 'data.ndjson', `${one}\n`, { sequences: only }],
  [
    'gzip of several members',
    'data.jsonl.gz',
    Buffer.concat([gzipSync(`${one}\n`), gzipSync(`${two}\n`)]),
    { sequences: both },
  ],
  [
    'gzip with zeros behind',
    'data.jsonl.gz',
    Buffer.concat([gzipSync(`${one}\n`), Buffer.alloc(3)]),
    { sequences: only },
  ],
  [
    'gzip with zeros inside',
    'data.jsonl.gz',
    Buffer.concat([gzipSync(`${one}\n`), Buffer.alloc(3), gzipSync(`${two}\n`)]),
    { sequences: both },
  ],
  [
    'gzip with something else behind',
    'data.jsonl.gz',
    Buffer.concat([gzipSync(`${one}\n`), Buffer.from('junk')]),
    { refused: /cannot be decompressed/ },
  ],
  [
    'gzip that is cut',
    'data.jsonl.gz',
    gzipSync(`${one}\n`).subarray(0, 20),
    { refused: /ends within compressed text/ },
  ],
  ['gzip of JSON', 'data.json.gz', gzipSync(`${one}\n`), { sequences: only }],
  ['gzip without a name', 'data.gz', gzipSync(`${one}\n`), { sequences: only }],
  [
    'bzip2',
    'data.jsonl.bz2',
    Buffer.concat([Buffer.from('BZh91AY&SY'), Buffer.alloc(40, 7)]),
    { refused: /its content is bzip2, which is not read; .*bunzip2/ },
  ],
  [
    'xz',
    'data.jsonl.xz',
    Buffer.concat([Buffer.from([0xfd]), Buffer.from('7zXZ\0'), Buffer.alloc(40)]),
    { refused: /its content is xz, which is not read; .*unxz/ },
  ],
  [
    'Parquet',
    'data.parquet',
    Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(20), Buffer.from('PAR1')]),
    { refused: /its content is Parquet/ },
  ],
  [
    'Arrow',
    'data.arrow',
    Buffer.concat([Buffer.from('ARROW1\0\0'), Buffer.alloc(30)]),
    { refused: /its content is Arrow/ },
  ],
  [
    'a stream of Arrow',
    'data.arrow',
    Buffer.concat([Buffer.from([255, 255, 255, 255, 16, 1, 0, 0]), Buffer.alloc(30)]),
    { refused: /its content is Arrow/ },
  ],
  ['an empty .npy', 'data.npy', '', { refused: /not an NPY file/ }],
  ['an empty .pt', 'data.pt', '', { refused: /not a ZIP/ }],
  ['an empty .safetensors', 'data.safetensors', '', { refused: /a header of 0 bytes/ }],
].map(([what, name, bytes, outcome]) => ({ what, name, bytes, ...outcome }));
