import type { Config, Latents, Span } from 'synthgen';

import { customFamily } from './custom_family';
import type { Preview } from './preview';

/**
 * Kinds with a colour of their own, in the order in which legend and charts name them:
 * theme/kinds.css has a class `kind-<name>` for each.
 */
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

export interface CellKinds {
  /** Kind names: those of every preview, then those that only this one has. */
  names: string[];
  /** An index into `names` for every token of the preview. */
  cells: Uint8Array;
  /** For every token the index of its innermost span plus 1; 0 without a span. */
  spans: Uint32Array;
  /** For every token in a band, where among the ids the band lies: 0 … 255; 0 elsewhere. */
  bandPlaces: Uint8Array;
}

/** The kind of a span's cells; slots have the kind of their pattern. */
function kindOf(span: Span): string {
  return span.kind === 'slot' ? (span.pattern ?? 'slot') : span.kind;
}

/** The kind of a position that no span covers, in sequences of a canonical config. */
export function uncoveredKind(latents: Latents, position: number, config: Config): string {
  if (config['generator'] === customFamily.name) return customFamily.name;
  if (position === 0 && latents.condition !== undefined) return 'condition';
  return latents.template === undefined ? 'fresh' : 'fixed';
}

/** What every cell is: the innermost span over it, or noise where noise replaced it. */
export function cellKinds({ tokens, offsets, latents, padding, config }: Preview): CellKinds {
  const names = [...named];
  const indexOf = (kind: string) => {
    const known = names.indexOf(kind);
    return known >= 0 ? known : names.push(kind) - 1;
  };
  const cells = new Uint8Array(tokens.length);
  const spans = new Uint32Array(tokens.length);
  const bandPlaces = new Uint8Array(tokens.length);
  const vocabSize = Math.max(1, Number(config['vocab_size']));
  latents.forEach((latent, row) => {
    const first = offsets[row] ?? 0;
    const end = offsets[row + 1] ?? 0;
    const contentEnd = end - (padding?.[row] ?? 0);
    const hasBands = latent.spans.some(({ kind }) => kind === 'band');
    cells.fill(indexOf(uncoveredKind(latent, 1, config)), first, contentEnd);
    if (contentEnd > first) cells[first] = indexOf(uncoveredKind(latent, 0, config));
    latent.spans.forEach((span, index) => {
      const from = first + span.start;
      const to = from + span.length;
      spans.fill(index + 1, from, to);
      // Fresh tokens inside a band are the band's.
      if (span.kind === 'fresh' && hasBands) return;
      cells.fill(indexOf(kindOf(span)), from, to);
      if (span.kind !== 'band') return;
      const middle = ((span.first ?? 0) + (span.size ?? 0) / 2) / vocabSize;
      bandPlaces.fill(Math.min(255, Math.floor(middle * 256)), from, to);
    });
    for (const position of latent.noise) cells[first + position] = indexOf('noise');
    if (contentEnd < end) cells.fill(indexOf('padding'), contentEnd, end);
  });
  return { names, cells, spans, bandPlaces };
}
