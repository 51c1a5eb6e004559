import { atLeast, gigabytesPerSecond, noGoal, shareOfSpeed, timesAsFast } from '../goals.js';
import { native, python } from '../works.js';

const speed = (format) => ({
  name: format,
  work: native(`read ${format}`),
  compare: gigabytesPerSecond,
  goal: atLeast(1.2),
});

export default {
  title: 'Files read',
  lines: [
    speed('jsonl'),
    speed('npy'),
    {
      name: 'npy',
      work: native('read npy'),
      peer: native('bare read'),
      compare: shareOfSpeed,
      goal: atLeast(0.6),
    },
    {
      name: 'jsonl',
      work: native('read jsonl'),
      peer: python('json_loads', 'json.loads'),
      compare: timesAsFast,
      goal: noGoal,
    },
  ],
};
