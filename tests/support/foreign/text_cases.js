// Texts of other programs: JSONL and CSV.

import { utf16, utf16BigEndian } from './builders.js';

const one = '{"input_ids":[1,2,3]}';
const two = '{"input_ids":[4,5]}';
const both = [
  [1, 2, 3],
  [4, 5],
];
const only = [[1, 2, 3]];

const record = (members) => `{"input_ids":[1,2,3],${members}}\n`;

export const jsonl = [
  ['two records', `${one}\n${two}\n`, { sequences: both }],
  ['line breaks of Windows', `${one}\r\n${two}\r\n`, { sequences: both }],
  ['a minus before 0', '{"input_ids":[-0,1]}\n', { sequences: [[0, 1]] }],
  [
    'columns without values',
    record('"labels":null,"text":null'),
    { sequences: only, notes: /not read: text$/ },
  ],
  [
    'other members',
    record('"score":0.5,"meta":{"input_ids":[9]}'),
    { sequences: only, notes: /not read: score, meta$/ },
  ],
  ['nothing', '', { sequences: [] }],
  [
    'NaN and infinities',
    record('"loss":NaN,"worst":[-Infinity,Infinity],"name":"NaN"'),
    { sequences: only, notes: /not read: loss, worst, name$/ },
  ],
  ['NaN among ids', '{"input_ids":[1,NaN]}\n', { refused: /token 1: null where an id belongs/ }],
  ['null for ids', `{"input_ids":null}\n${one}\n`, { refused: /:1: tokens is not a list/ }],
  ['null among ids', '{"input_ids":[1,null]}\n', { refused: /token 1: null where an id belongs/ }],
  ['ids as 1.0', '{"input_ids":[1.0,2.0]}\n', { refused: /token 0: 1\.0 where an id belongs/ }],
  ['ids as 1e3', '{"input_ids":[1e3]}\n', { refused: /token 0: 1e3 where an id belongs/ }],
  ['ids as texts', '{"input_ids":["1"]}\n', { refused: /token 0: "1" where an id belongs/ }],
  ['a list as text', '{"input_ids":"[1, 2]"}\n', { refused: /tokens is not a list/ }],
  ['a list of records', `[${one},${two}]\n`, { sequences: both }],
  ['a list in several lines', `[\n${one},\n${two}\n]\n`, { sequences: both }],
  ['a list of lists', '[[1, 2, 3], [4,\n5]]\n', { sequences: both }],
  [
    'records in several lines each',
    '{\n "text": "a } \\" ]",\n "input_ids": [1,\n 2, 3]\n}\n{\n "input_ids": [4, 5]\n}\n',
    { sequences: both, notes: /not read: text$/ },
  ],
  ['a list that does not end', `[\n${one},\n${two}\n`, { refused: /ends inside its array/ }],
  ['a list without a comma', `[\n${one}\n${two}\n]\n`, { refused: /:3: no comma between two/ }],
  [
    'a list with a bad record',
    `[\n${one},\n{"input_ids":\n[-1]}\n]\n`,
    { refused: /:3: token 0: negative id -1/ },
  ],
  ['two records in a line', `${one}${two}\n`, { refused: /:1: not JSON at column 22/ }],
  ['a comma after a record', `${one},\n${two}\n`, { refused: /:1: not JSON at column 22/ }],
  ['line breaks of old Macs', `${one}\r${two}\r`, { refused: /:1: not JSON/ }],
  ['UTF-16', utf16(`${one}\n${two}\n`), { refused: /its content is UTF-16 text; iconv/ }],
  ['UTF-16 without its mark', utf16(`${one}\n`, false), { refused: /its content is UTF-16 text/ }],
  ['UTF-16 of few bytes', utf16('[1,2]\n'), { refused: /its content is UTF-16 text/ }],
  [
    'UTF-16 beyond ASCII',
    utf16(`{"text":"Größe"}\n${one}\n`),
    { refused: /its content is UTF-16 text/ },
  ],
  [
    'UTF-16 beyond ASCII, big endian',
    utf16BigEndian(`{"text":"Größe"}\n${one}\n`),
    { refused: /its content is UTF-16 text/ },
  ],
  ['quotes of Python', "{'input_ids': [1]}\n", { refused: /:1: not JSON/ }],
  ['a batch in a record', '{"input_ids":[[1,2,3]]}\n', { refused: /token 0: an array where/ }],
  ['ids twice', '{"input_ids":[1],"input_ids":[2]}\n', { refused: /more than one list of tokens/ }],
  [
    'ids under both names',
    '{"tokens":[1],"input_ids":[2]}\n',
    { refused: /more than one list of tokens/ },
  ],
  [
    'tokens that are words',
    '{"tokens":["a"],"input_ids":[1,2,3]}\n{"input_ids":[4,5],"tokens":["b"]}\n',
    { sequences: both, notes: /not read: tokens$/ },
  ],
  ['text alone', '{"text":"hello"}\n', { refused: /no member input_ids or tokens/ }],
  ['ids under another name', '{"token_ids":[1]}\n', { refused: /no member input_ids or tokens/ }],
  [
    'ids further inside',
    '{"data":{"input_ids":[1]}}\n',
    { refused: /no member input_ids or tokens/ },
  ],
  [
    'ids of more than 32 bits',
    '{"input_ids":[4294967296]}\n',
    { refused: /id 4294967296 is above 4294967295/ },
  ],
  ['a leading 0', '{"input_ids":[01]}\n', { refused: /:1: not JSON/ }],
  ['an underscore', '{"input_ids":[1_000]}\n', { refused: /:1: not JSON/ }],
  ['a web page', '<!DOCTYPE html><html></html>\n', { refused: /its content is HTML/ }],
  [
    'a web page after a byte order mark',
    '\uFEFF<!doctype html><html></html>\n',
    { refused: /its content is HTML/ },
  ],
  [
    'a web page after blank lines',
    '\n \r\n<!doctype html><html></html>\n',
    { refused: /its content is HTML/ },
  ],
  [
    'a pointer of Git LFS',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\n`,
    { refused: /its content is a pointer of Git LFS.*git lfs pull/ },
  ],
  ['a class for a label', record('"labels":1'), { sequences: only, notes: /not read: labels$/ }],
  ['too few labels', record('"labels":[0,1]'), { refused: /2 labels for the sequence's 3 tokens/ }],
  [
    'a label that is a word',
    record('"labels":"pos"'),
    { sequences: only, notes: /not read: labels$/ },
  ],
  ['a mask of truth values', record('"attention_mask":[true,true,false]'), { sequences: [[1, 2]] }],
  [
    'labels with fractions',
    record('"labels":[0.1,0.2,0.3]'),
    { refused: /label 0: 0\.1 where an id or -100/ },
  ],
  ['a label of -1', record('"labels":[-1,2,3]'), { refused: /label 0: -1 where an id or -100/ }],
  ['latents of another kind', record('"latents":[0.1]'), { refused: /latents: got \[0\.1\]/ }],
  ['padding at the end', '{"input_ids":[5,6,0],"padding":1}\n', { sequences: [[5, 6]] }],
  [
    'padding by name',
    record('"padding":"max_length"'),
    { refused: /padding: "max_length" where a number of tokens/ },
  ],
  [
    'padding as true',
    record('"padding":true'),
    { refused: /padding: true where a number of tokens/ },
  ],
  ['negative padding', record('"padding":-1'), { refused: /padding: -1 where a number of tokens/ }],
  [
    'padding as 1.0',
    record('"padding":1.0'),
    { refused: /padding: 1\.0 where a number of tokens/ },
  ],
  [
    'a mask with padding behind',
    '{"input_ids":[7,8,0,0],"attention_mask":[1,1,0,0]}\n{"input_ids":[5,6,7,0],"attention_mask":[1,1,1,0]}\n',
    {
      sequences: [
        [7, 8],
        [5, 6, 7],
      ],
    },
  ],
  [
    'a mask with padding in front',
    '{"attention_mask":[0,0,1,1],"input_ids":[0,0,7,8]}\n{"input_ids":[0,5,6,7],"attention_mask":[0,1,1,1]}\n',
    {
      sequences: [
        [7, 8],
        [5, 6, 7],
      ],
    },
  ],
  [
    'a mask of true and false',
    '{"input_ids":[7,0],"attention_mask":[true,false]}\n',
    { sequences: [[7]] },
  ],
  [
    'a mask that says what padding says',
    '{"input_ids":[7,0],"attention_mask":[1,0],"padding":1}\n',
    { sequences: [[7]] },
  ],
  [
    'a mask and another padding',
    '{"input_ids":[7,0],"attention_mask":[1,0],"padding":0}\n',
    { refused: /padding is 0, but attention_mask has 1 zero at the end/ },
  ],
  [
    'a mask with a hole',
    '{"input_ids":[7,0,8],"attention_mask":[1,0,1]}\n',
    { refused: /attention_mask: 1 at position 2 after zeros inside/ },
  ],
  [
    'a mask of document numbers',
    '{"input_ids":[7,8,9],"attention_mask":[1,1,2]}\n',
    { refused: /attention_mask: got 2 at position 2; allowed: 0 and 1/ },
  ],
  [
    'a mask that is too short',
    '{"input_ids":[7,8,9],"attention_mask":[1,1]}\n',
    { refused: /attention_mask has 2 numbers for the sequence's 3 tokens/ },
  ],
  [
    'a mask that is no list',
    '{"input_ids":[7],"attention_mask":1}\n',
    { refused: /attention_mask is not a list/ },
  ],
  [
    'a mask of 1.0',
    '{"input_ids":[7],"attention_mask":[1.0]}\n',
    { refused: /attention_mask: 1\.0 at position 0 where 0 or 1 belongs/ },
  ],
].map(([what, bytes, outcome]) => ({ what, name: 'data.jsonl', bytes, ...outcome }));

export const csv = [
  ['no header', '1,2,3\n4,5,\n', { sequences: both }],
  ['a header of letters', 'a,b,c\n1,2,3\n4,5,\n', { sequences: both }],
  [
    'a numbered header of pandas',
    '0,1,2\n1,2,3\n4,5,\n',
    {
      sequences: both,
      notes: /the first line, 0, 1, 2 and so on, is read as the names of the columns$/,
    },
  ],
  ['blank lines at the end', '1,2,3\n4,5,\n\n\n', { sequences: both }],
  ['a blank line inside', '1,2,3\n\n4,5,\n', { refused: /:2: blank line between sequences/ }],
  [
    "an index of pandas' rows",
    ',0,1\n0,5,6\n',
    { refused: /:1: column 1 has no name.*index=False/ },
  ],
  [
    'numbers with fractions',
    't0,t1\n1.0,2.0\n',
    { refused: /:2: column 1: "1\.0" where an id belongs/ },
  ],
  ['lists in fields', 'input_ids\n"[1, 2]"\n', { refused: /:2: column 1: / }],
  ['semicolons', '1;2;3\n', { refused: /column 1: "1;2;3" where an id belongs/ }],
  ['quotes', '"1","2"\n', { refused: /column 1: / }],
  ['UTF-16', utf16('1,2\n'), { refused: /its content is UTF-16 text/ }],
].map(([what, bytes, outcome]) => ({ what, name: 'data.csv', bytes, ...outcome }));
