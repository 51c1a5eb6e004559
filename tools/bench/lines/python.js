import { atMost, noGoal, nsPerToken, timesAsFast, timesAsLong, timesTheMemory } from '../goals.js';
import { alone, native, python } from '../works.js';

const loop = python('mapped_blocks', 'a loop over blocks of a memory-mapped table');

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
    {
      name: 'batches of the loader',
      work: python('loader_batches', 'batches of the loader'),
      peer: python('nanogpt_batches', "nanoGPT's loop over rows"),
      compare: timesAsFast,
      goal: noGoal,
    },
    besideLoop('shuffled batches of the loader', 'loader_shuffled', noGoal),
    besideLoop('items of the loader', 'loader_items', noGoal),
    {
      name: 'batches of the loader, memory',
      work: alone('loader_batches', 'a process that loads batches'),
      peer: alone('mapped_blocks', 'the loop'),
      compare: timesTheMemory,
      goal: atMost(1.2),
    },
  ],
};
