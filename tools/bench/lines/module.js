import { atLeast, noGoal, timesAsFast } from '../goals.js';
import { inModule, native } from '../works.js';

const withVectors = (family, goal) => ({
  name: family,
  work: inModule(`simd ${family}`),
  peer: inModule(`scalar ${family}`),
  compare: timesAsFast,
  goal,
});

export default {
  title: 'WebAssembly in node, into arrays',
  lines: [
    withVectors('random', atLeast(2.2)),
    withVectors('zipf', noGoal),
    withVectors('noisy pattern', noGoal),
    {
      name: 'random',
      work: inModule('simd random'),
      peer: native('generate random'),
      compare: timesAsFast,
      goal: noGoal,
    },
  ],
};
