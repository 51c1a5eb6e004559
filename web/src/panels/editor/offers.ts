import { element } from '../../dom/element';

/** What the base class offers to a custom generator. */
const members: Record<string, string> = {
  'generateSequence()': 'override it: one sequence, 1 to seqLength ids from 0 to vocabSize − 1',
  'vocabSize, seqLength, config': 'the parameters, with the split’s overrides',
  customParams: 'the JSON under Custom parameters',
  item: 'which sequence is being made: { split, index }',
  'random()': 'a real number in [0, 1)',
  'randomInteger(n)': 'an integer in [0, n)',
  'randomToken()': 'an id from the token distribution',
  'randomLength()': 'the length that the length variation draws',
  'generatePatternToken(i)': 'the token at position i of patterns laid end to end',
  'adjustLength(ids)': 'the ids cut or padded to seqLength',
};

/** What the code can use, on demand. */
export function offers(): HTMLElement {
  return element(
    'details',
    { class: 'code-offers' },
    element('summary', {}, 'What ', element('code', {}, 'this'), ' offers'),
    element(
      'dl',
      {},
      ...Object.entries(members).flatMap(([name, meaning]) => [
        element('dt', {}, element('code', {}, name)),
        element('dd', {}, meaning),
      ]),
    ),
    element(
      'p',
      {},
      'A sequence is a function of the config and the item alone: draw only with these, and keep nothing between calls.',
    ),
  );
}
