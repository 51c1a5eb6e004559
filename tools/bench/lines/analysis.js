import { atLeast, atMost, nsPerToken, peakMegabytes, timesAsFast, timesAsLong } from '../goals.js';
import { analyzed, native, python } from '../works.js';

const formulas = python('plain_formulas', 'the formulas in Python');

const measure = (config, name, most) => ({
  name: `${name} of ${config}`,
  work: native(`analyze ${config}: ${name}`),
  compare: nsPerToken,
  goal: atMost(most),
});

const ofBoth = (name, most) => ['random', 'pattern'].map((config) => measure(config, name, most));

export default {
  title: 'Analysis',
  lines: [
    {
      name: 'analyze train.jsonl, whole process',
      work: analyzed(1),
      peer: formulas,
      compare: timesAsFast,
      goal: atLeast(150),
    },
    {
      name: 'analyze train.jsonl, 4 times the data',
      work: analyzed(4),
      peer: analyzed(1),
      compare: timesAsLong,
      goal: atMost(1.5),
    },
    {
      name: 'analyze train.jsonl, memory',
      work: analyzed(1),
      compare: peakMegabytes,
      goal: atMost(128),
    },
    ...ofBoth('the basic measures', 10),
    ...ofBoth('distinct_n', 40),
    ...ofBoth('rep_n', 15),
    ...ofBoth('lz_complexity', 10),
    ...ofBoth('lag_equality', 5),
  ],
};
