import {
  atLeast,
  atMost,
  noGoal,
  shareOfSpeed,
  timesAsFast,
  timesAsLong,
  timesAsLongByClock,
} from '../goals.js';
import { native, python } from '../works.js';

const random = (format) => native(`write random as ${format}`);

const besidePeer = (format, peer, goal) => ({
  name: format,
  work: random(format),
  peer,
  compare: timesAsFast,
  goal,
});

const besideWrite = (format, least) => ({
  name: format,
  work: random(format),
  peer: native('bare write'),
  compare: shareOfSpeed,
  goal: atLeast(least),
});

const structured = (name) => ({
  name: `jsonl of ${name}`,
  work: native(`write ${name} as jsonl`),
  peer: native('write random as jsonl'),
  compare: timesAsLong,
  goal: atMost(1.4),
});

const onTwoThreads = (format) => ({
  name: `${format} on two threads`,
  work: native(`write random as ${format} on 2 threads`),
  peer: random(format),
  compare: timesAsLongByClock,
  goal: noGoal,
});

export default {
  title: 'Datasets, generated and written',
  lines: [
    besidePeer('jsonl', python('json_dumps', 'json.dumps'), atLeast(17)),
    besideWrite('jsonl', 0.5),
    besideWrite('npy', 0.6),
    besideWrite('bin', 0.6),
    besideWrite('safetensors', 0.6),
    besideWrite('pt', 0.55),
    besidePeer('npy', python('numpy_save', 'numpy draw and save'), noGoal),
    besidePeer('bin', python('numpy_tofile', 'numpy draw and tofile'), noGoal),
    besidePeer('pt', python('torch_rows', 'torch.randint by rows, save'), atLeast(4.5)),
    besidePeer('pt', python('torch_save', 'torch.randint at once, save'), noGoal),
    ...['pattern', 'hierarchical', 'conditional', 'composed', 'template'].map((name) =>
      structured(name),
    ),
    onTwoThreads('jsonl'),
    onTwoThreads('npy'),
  ],
};
