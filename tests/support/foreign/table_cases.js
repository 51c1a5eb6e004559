// Tables of ids: NPY, safetensors and PyTorch's files.

import {
  doubles,
  npy,
  npyHead,
  npyOf,
  numbers,
  safetensors,
  tensorPickle,
  zip,
} from './builders.js';

const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const table = [
  [0, 1, 2, 3],
  [4, 5, 6, 7],
  [8, 9, 10, 11],
];
const eight = numbers('i8', rows);

export const numpy = [
  ['int64', npy('i8', '(3, 4)', rows), { sequences: table }],
  ['big endian', npy('>u8', '(3, 4)', rows), { sequences: table }],
  ['one row', npy('i4', '(1, 4)', rows.slice(0, 4)), { sequences: table.slice(0, 1) }],
  ['no rows', npy('i8', '(0, 4)', []), { sequences: [] }],
  ['version 3', npyOf(npyHead("'<i8'", '(3, 4)'), eight, 3), { sequences: table }],
  [
    'another order of keys',
    npyOf('{"shape": (3,4), "fortran_order": False, "descr": "<i8"}', eight),
    { sequences: table },
  ],
  [
    'tabs in the head',
    npyOf("{'descr':\t'<i8',\t'fortran_order': False, 'shape': (3, 4)}", eight),
    { sequences: table },
  ],
  ['one dimension', npy('u2', '(12,)', rows), { refused: /an array of 1 dimension; a table/ }],
  ['three dimensions', npy('i8', '(1, 3, 4)', rows), { refused: /an array of 3 dimensions/ }],
  ['no dimension', npy('i8', '()', [5]), { refused: /an array of 0 dimensions/ }],
  ['no columns', npy('i8', '(4, 0)', []), { refused: /with empty rows/ }],
  [
    'truth values',
    npyOf(npyHead("'|b1'", '(1, 2)'), Buffer.from([0, 1])),
    { refused: /dtype "\|b1"; integers/ },
  ],
  [
    'float64',
    npyOf(npyHead("'<f8'", '(1, 2)'), doubles([1, 2])),
    { refused: /dtype "<f8"; integers/ },
  ],
  [
    'float16',
    npyOf(npyHead("'<f2'", '(1, 2)'), Buffer.alloc(4)),
    { refused: /dtype "<f2"; integers/ },
  ],
  [
    'objects',
    npyOf(npyHead("'|O'", '(2,)'), Buffer.from([0x80, 4, 0x4e, 0x2e])),
    { refused: /dtype "\|O"; integers/ },
  ],
  [
    'fields',
    npyOf(npyHead("[('input_ids', '<i4', (4,))]", '(1,)'), Buffer.alloc(16)),
    { refused: /dtype has fields/ },
  ],
  ['a dtype by its long name', npyOf(npyHead("'int64'", '(3, 4)'), eight), { sequences: table }],
  ...[
    ['i8', 'i8'],
    ['u1', 'u1'],
    ['i4', 'i4'],
    ['u2', 'u2'],
    ['b', 'i1'],
    ['B', 'u1'],
    ['h', 'i2'],
    ['H', 'u2'],
    ['i', 'i4'],
    ['I', 'u4'],
    ['l', 'i8'],
    ['<L', 'u8'],
    ['>q', '>i8'],
    ['=Q', 'u8'],
    ['int', 'i8'],
    ['uint', 'u8'],
    ['long', 'i8'],
    ['longlong', 'i8'],
    ['intp', 'i8'],
    ['uint16', 'u2'],
  ].map(([descr, type]) => [
    `dtype ${descr}`,
    npyOf(npyHead(`'${descr}'`, '(3, 4)'), numbers(type, rows)),
    { sequences: table },
  ]),
  ['a dtype with a u', npyOf(npyHead("u'<i8'", '(3, 4)'), eight), { sequences: table }],
  [
    'keys with a u',
    npyOf("{u'descr': u'<i8', u'fortran_order': False, u'shape': (3, 4)}", eight),
    { sequences: table },
  ],
  [
    'float64 in native order',
    npyOf(npyHead("'f8'", '(1, 2)'), doubles([1, 2])),
    { refused: /dtype "f8"; integers/ },
  ],
  [
    'complex numbers',
    npyOf(npyHead("'F'", '(1, 1)'), doubles([1])),
    { refused: /dtype "F"; integers/ },
  ],
  [
    '-100 in the place of padding',
    npy('i8', '(1, 3)', [5, -100, -100]),
    { refused: /negative id -100/ },
  ],
  [
    'an id of 2^64 - 1',
    npy('u8', '(1, 2)', [1n, 2n ** 64n - 1n]),
    { refused: /an id of 2\^63 - 1 or more/ },
  ],
  ['Fortran order', npyOf(npyHead("'<i8'", '(3, 4)', 'True'), eight), { refused: /Fortran order/ }],
  ['numbers of Python 2', npyOf(npyHead("'<i8'", '(3L, 4L)'), eight), { sequences: table }],
  [
    'numbers of NumPy 2',
    npyOf(npyHead("'<i8'", '(np.int64(3), np.int64(4))'), eight),
    { refused: /shape is malformed/ },
  ],
  [
    'a very long head',
    npyOf(npyHead("'<i8'", '(3, 4)') + ' '.repeat(70000), eight, 2),
    { refused: /a head of 70\d+ bytes/ },
  ],
  [
    'bytes behind the numbers',
    npyOf(npyHead("'<i8'", '(3, 4)'), Buffer.concat([eight, Buffer.alloc(7)])),
    { refused: /does not make the 103 bytes that follow/ },
  ],
  ['numbers without a head', numbers('u2', rows), { refused: /not an NPY file/ }],
  [
    'a pointer of Git LFS',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\n`,
    { refused: /its content is a pointer of Git LFS/ },
  ],
].map(([what, bytes, outcome]) => ({ what: `NPY: ${what}`, name: 'data.npy', bytes, ...outcome }));

const ids = (type, width) => ['input_ids', type, [3, 4], numbers(width, rows)];
const mask = (type, width, values) => ['attention_mask', type, [3, 4], numbers(width, values)];
const left = ['input_ids', 'I64', [3, 4], numbers('i8', [0, 0, 7, 8, 0, 5, 6, 7, 1, 2, 3, 4])];
const leftMask = [0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1];
const right = ['input_ids', 'I64', [3, 4], numbers('i8', [7, 8, 0, 0, 5, 6, 7, 0, 1, 2, 3, 4])];
const padded = [
  [7, 8],
  [5, 6, 7],
  [1, 2, 3, 4],
];

export const tensors = [
  ['int64', safetensors([ids('I64', 'i8')], { metadata: { format: 'pt' } }), { sequences: table }],
  ['uint16', safetensors([ids('U16', 'u2')]), { sequences: table }],
  ['uint32', safetensors([ids('U32', 'u4')]), { sequences: table }],
  [
    'metadata with objects',
    safetensors([ids('I64', 'i8')], { metadata: { a: { b: 1 } } }),
    { sequences: table },
  ],
  ['no rows', safetensors([['input_ids', 'I64', [0, 4], Buffer.alloc(0)]]), { sequences: [] }],
  [
    'numbers at odd places',
    safetensors([['a', 'U8', [3], Buffer.from([1, 2, 3])], ids('I64', 'i8')], { alignment: 1 }),
    { sequences: table, notes: /not read: a$/ },
  ],
  [
    'other tensors',
    safetensors([
      ['position_ids', 'I64', [3, 4], eight],
      ids('I64', 'i8'),
      ['emb', 'F32', [1], Buffer.alloc(4)],
    ]),
    { sequences: table, notes: /not read: position_ids, emb$/ },
  ],
  [
    'a mask with padding behind',
    safetensors([right, mask('I64', 'i8', [1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1])]),
    { sequences: padded },
  ],
  [
    'a mask with padding in front',
    safetensors([left, mask('I64', 'i8', leftMask)]),
    { sequences: padded },
  ],
  [
    'a mask of truth values',
    safetensors([left, mask('BOOL', 'u1', leftMask)]),
    { sequences: padded },
  ],
  [
    'a mask with a hole',
    safetensors([right, mask('I64', 'i8', [1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1])]),
    { refused: /attention_mask of sequence 1: 1 at position 2 after zeros/ },
  ],
  [
    'a mask of document numbers',
    safetensors([right, mask('I64', 'i8', [1, 1, 2, 2, 1, 1, 1, 0, 1, 1, 1, 1])]),
    { refused: /attention_mask of sequence 1: got 2 at position 2/ },
  ],
  [
    'float32',
    safetensors([['input_ids', 'F32', [1, 1], Buffer.alloc(4)]]),
    { refused: /input_ids: dtype "F32"; integers/ },
  ],
  [
    'bfloat16',
    safetensors([['input_ids', 'BF16', [1, 1], Buffer.alloc(2)]]),
    { refused: /input_ids: dtype "BF16"; integers/ },
  ],
  ['another name', safetensors([['tokens', 'I64', [3, 4], eight]]), { sequences: table }],
  [
    'a name that nobody knows',
    safetensors([['x', 'I64', [3, 4], eight]]),
    {
      refused:
        /no tensor named input_ids, inputs or tokens; --tensor can name one of x \[3,4\] of I64/,
    },
  ],
  [
    'one dimension',
    safetensors([['input_ids', 'I64', [12], eight]]),
    { refused: /input_ids has 1 dimension; / },
  ],
  [
    'a huge header',
    safetensors([ids('I64', 'i8')], { metadata: { note: 'x'.repeat(1200000) } }),
    { refused: /a header of 12\d+ bytes/ },
  ],
  [
    'labels with fractions',
    safetensors([ids('I64', 'i8'), ['labels', 'F32', [3, 4], Buffer.alloc(48)]]),
    { refused: /labels: dtype "F32"/ },
  ],
  [
    'bytes behind the tensors',
    safetensors([ids('I64', 'i8')], { after: 'zz' }),
    { refused: /the tensors have 96 bytes, but 98 follow/ },
  ],
].map(([what, bytes, outcome]) => ({
  what: `safetensors: ${what}`,
  name: 'data.safetensors',
  bytes,
  ...outcome,
}));

const pickle = tensorPickle([3, 4]);
const archive = (...records) => zip([['a/data.pkl', pickle], ...records]);
export const torch = [
  ['one tensor', archive(['a/data/0', eight], ['a/version', '3\n']), { sequences: table }],
  [
    'a wrong CRC of the numbers',
    archive(['a/data/0', eight, 1]),
    { refused: /has another CRC-32 than the file says/ },
  ],
  [
    'a wrong CRC of the pickle',
    zip([
      ['a/data.pkl', pickle, 1],
      ['a/data/0', eight],
    ]),
    { refused: /"a\/data\.pkl" has another CRC-32/ },
  ],
  [
    'the pickle twice',
    archive(['a/data/0', eight], ['a/data.pkl', pickle]),
    { refused: /two records are named "a\/data\.pkl"/ },
  ],
  [
    'pickles in two folders',
    archive(['a/data/0', eight], ['b/data.pkl', pickle]),
    { refused: /no file of one plain tensor/ },
  ],
  [
    'numbers in another folder',
    archive(['b/data/0', eight]),
    { refused: /does not hold the tensor's 12 numbers/ },
  ],
].map(([what, bytes, outcome]) => ({
  what: `PyTorch: ${what}`,
  name: 'data.pt',
  bytes,
  ...outcome,
}));

export const archives = [
  ['one array', zip([['arr_0.npy', npy('i8', '(3, 4)', rows)]]), { sequences: table }],
  [
    'ids and a mask of truth values',
    zip([
      ['attention_mask.npy', npyOf(npyHead("'|b1'", '(3, 4)'), Buffer.from(leftMask))],
      ['input_ids.npy', npy('i8', '(3, 4)', [0, 0, 7, 8, 0, 5, 6, 7, 1, 2, 3, 4])],
      ['weights.npy', npyOf(npyHead("'<f8'", '(1,)'), doubles([1]))],
    ]),
    { sequences: padded, notes: /not read: weights$/ },
  ],
  [
    'a mask with the dtype ?',
    zip([
      ['attention_mask.npy', npyOf(npyHead("'?'", '(3, 4)'), Buffer.from(leftMask))],
      ['input_ids.npy', npy('i8', '(3, 4)', [0, 0, 7, 8, 0, 5, 6, 7, 1, 2, 3, 4])],
    ]),
    { sequences: padded },
  ],
  [
    'a wrong CRC of the ids',
    zip([['arr_0.npy', npy('i8', '(3, 4)', rows), 1]]),
    { refused: /the record that begins here has another CRC-32 than the file says/ },
  ],
  [
    'a wrong CRC of a mask',
    zip([
      ['attention_mask.npy', npy('i8', '(3, 4)', leftMask), 1],
      ['input_ids.npy', npy('i8', '(3, 4)', [0, 0, 7, 8, 0, 5, 6, 7, 1, 2, 3, 4])],
    ]),
    { refused: /has another CRC-32 than the file says/ },
  ],
  [
    'an array that is not read with a wrong CRC',
    zip([
      ['input_ids.npy', npy('i8', '(3, 4)', rows)],
      ['weights.npy', npyOf(npyHead("'<f8'", '(1,)'), doubles([1])), 1],
    ]),
    { sequences: table, notes: /not read: weights$/ },
  ],
  [
    'arrays that nobody knows',
    zip([
      ['a.npy', npy('i8', '(3, 4)', rows)],
      ['b.npy', npy('i8', '(3, 4)', rows)],
    ]),
    { refused: /--tensor can name one of a \[3, 4\] of integers; b \[3, 4\]/ },
  ],
].map(([what, bytes, outcome]) => ({
  what: `numpy.savez: ${what}`,
  name: 'data.npz',
  bytes,
  ...outcome,
}));
