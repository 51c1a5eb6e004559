/** Kinds with a colour of their own: theme/kinds.css has a class `kind-<name>` for each. */
const named = [
  'fresh',
  'fixed',
  'custom',
  'band',
  'successor',
  'repetition',
  'alternation',
  'progression',
  'reversal',
  'key',
  'value',
  'query',
  'answer',
  'state',
  'transition',
  'condition',
  'noise',
  'padding',
];

/** How many classes `kind-other-<n>` there are for kinds that this page does not know. */
const others = 4;

/** The CSS class that sets `--kind` to a kind's colour; every kind has one, always the same. */
export function kindClass(kind: string): string {
  if (named.includes(kind)) return `kind-${kind}`;
  let sum = 0;
  for (const character of kind) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65521;
  return `kind-other-${sum % others}`;
}
