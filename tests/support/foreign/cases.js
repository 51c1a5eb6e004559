// Files of other programs, with what every reader must make of them: `sequences`, or `refused` with
// a message. `notes` is what the user is told besides. `others` are files next to the one that is
// read, by the endings of their names.

import { named } from './named_cases.js';
import { streams } from './stream_cases.js';
import { archives, numpy, tensors, torch } from './table_cases.js';
import { csv, jsonl } from './text_cases.js';

/** Every case. */
export const cases = [
  ...jsonl,
  ...csv,
  ...named,
  ...numpy,
  ...tensors,
  ...torch,
  ...streams,
  ...archives,
];
