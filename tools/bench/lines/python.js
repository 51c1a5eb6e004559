import { atMost, noGoal, nsPerToken, timesAsLong } from '../goals.js';
import { native, python } from '../works.js';

const loop = python('rows_of_batches', 'a loop over a memory-mapped table');

const besideLoop = (name, work, goal) => ({
  name,
  work: python(work, name),
  peer: loop,
  compare: timesAsLong,
  goal,
});

export default {
  title: 'Python',
  lines: [
    {
      name: 'random, into arrays',
      work: python('package_generate', 'synthgen.generate'),
      compare: nsPerToken,
      goal: atMost(33),
    },
    {
      name: 'random, into arrays',
      work: python('package_generate', 'synthgen.generate'),
      peer: native('generate random'),
      compare: timesAsLong,
      goal: noGoal,
    },
    besideLoop('batches of the loader', 'loader_batches', atMost(3)),
    besideLoop('shuffled batches of the loader', 'loader_shuffled', noGoal),
    besideLoop('items of the loader', 'loader_items', noGoal),
  ],
};
