import type { Preview } from '../worker/messages';

/** Span kinds with a colour of their own: theme/kinds.css has a class `kind-<name>` for each. */
const named = [
  'fresh',
  'repetition',
  'alternation',
  'progression',
  'reversal',
  'noise',
  'condition',
  'successor',
  'band',
  'slot',
  'echo',
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

export interface CellKinds {
  /** Kind names in order of first appearance; `fresh` is always the first. */
  names: string[];
  /** An index into `names` for every token of the preview. */
  cells: Uint8Array;
  /** An index into its sequence's spans for every token. */
  spans: Uint32Array;
}

/** What every cell is: the innermost span over it, or noise where noise replaced it. */
export function cellKinds({ tokens, offsets, latents }: Preview): CellKinds {
  const names = ['fresh'];
  const indexOf = (kind: string) => {
    const known = names.indexOf(kind);
    return known >= 0 ? known : names.push(kind) - 1;
  };
  const cells = new Uint8Array(tokens.length);
  const spans = new Uint32Array(tokens.length);
  latents.forEach((latent, row) => {
    const first = offsets[row] ?? 0;
    latent.spans.forEach((span, index) => {
      const from = first + span.start;
      cells.fill(indexOf(span.kind), from, from + span.length);
      spans.fill(index, from, from + span.length);
    });
    if (latent.noise.length === 0) return;
    const noise = indexOf('noise');
    for (const position of latent.noise) cells[first + position] = noise;
  });
  return { names, cells, spans };
}
