import { atLeast, atMost, timesAsFast, timesAsLong } from '../goals.js';
import { native, python } from '../works.js';

const random = native('generate random');

const besideRandom = (name, most) => ({
  name,
  work: native(`generate ${name}`),
  peer: random,
  compare: timesAsLong,
  goal: atMost(most),
});

export default {
  title: 'Sequences in memory',
  lines: [
    {
      name: 'random',
      work: random,
      peer: python('numpy_integers', 'numpy integers'),
      compare: timesAsFast,
      goal: atLeast(3),
    },
    {
      name: 'random',
      work: random,
      peer: native('boost mt19937'),
      compare: timesAsFast,
      goal: atLeast(5),
    },
    besideRandom('zipf', 3),
    {
      name: 'zipf',
      work: native('generate zipf'),
      peer: python('numpy_choice', 'numpy choice(p=)'),
      compare: timesAsFast,
      goal: atLeast(20),
    },
    besideRandom('pattern', 4),
    besideRandom('hierarchical', 6),
    besideRandom('conditional', 6),
    besideRandom('composed', 8),
    besideRandom('template', 4),
    {
      name: 'noise 0.1 on pattern',
      work: native('generate noisy pattern'),
      peer: native('generate pattern'),
      compare: timesAsLong,
      goal: atMost(1.5),
    },
    {
      name: 'latents of pattern',
      work: native('generate pattern with latents'),
      peer: native('generate pattern'),
      compare: timesAsLong,
      goal: atMost(3),
    },
    {
      name: 'random from 10^12 on',
      work: native('generate random from 10^12 on'),
      peer: random,
      compare: timesAsLong,
      goal: atMost(1.1),
    },
  ],
};
