import { atMost, nsPerToken } from '../goals.js';
import { native } from '../works.js';

const law = (name, most) => ({
  name,
  work: native(`predict ${name}`),
  compare: nsPerToken,
  goal: atMost(most),
});

export default {
  title: 'The exact law of each token',
  lines: [law('pattern', 5000), law('noisy pattern', 5000), law('hmm of 3 states', 50)],
};
