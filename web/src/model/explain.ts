import type { Latents, Span } from 'synthgen';

/** Members of a span that its description already covers. */
const covered = new Set([
  'start',
  'length',
  'kind',
  'full_length',
  'period',
  'first',
  'size',
  'pattern',
  'first_slot',
  'source',
]);

function inWords(key: string): string {
  return key.replaceAll('_', ' ');
}

/** The position that the span's rule takes the token from, if it takes it from anywhere. */
export function sourceOf(span: Span, position: number): number | undefined {
  const index = position - span.start;
  const fullLength = span.full_length ?? span.length;
  switch (span.kind) {
    case 'repetition':
      return index < (span.period ?? 0) ? undefined : position - (span.period ?? 0);
    case 'alternation':
      return index < 2 ? undefined : position - 2;
    case 'progression':
      return index === 0 ? undefined : position - 1;
    case 'reversal':
      return index < Math.ceil(fullLength / 2) ? undefined : span.start + fullLength - 1 - index;
    case 'successor':
      return position - 1;
    case 'key':
    case 'value':
    case 'query':
    case 'answer':
      return span.source === undefined ? undefined : span.source + index;
    default:
      return undefined;
  }
}

function rule(span: Span, position: number): string {
  const index = position - span.start;
  const source = sourceOf(span, position);
  switch (span.kind) {
    case 'fresh':
      return 'a fresh draw';
    case 'alternation':
      return source === undefined
        ? `${index === 0 ? 'A' : 'B'}, a fresh draw`
        : `copies position ${source}`;
    case 'repetition':
      return source === undefined
        ? `token ${index + 1} of the motif, a fresh draw`
        : `copies position ${source}`;
    case 'reversal':
      return source === undefined
        ? `token ${index + 1} of the motif, a fresh draw`
        : `mirrors position ${source}`;
    case 'progression':
      return source === undefined
        ? 'starts the run, a fresh draw'
        : `the id after the one at position ${source}`;
    case 'successor':
      return `the id after the one at position ${source}`;
    case 'band':
      return span.echo_of === undefined
        ? 'a fresh draw, mostly from the band'
        : `echoes position ${span.echo_of + index} where that span reaches`;
    case 'fixed':
      return 'the same in every sequence';
    case 'key':
    case 'value':
    case 'query':
    case 'answer':
      return source === undefined ? 'a fresh draw' : `repeats position ${source}`;
    case 'slot':
      return `slot ${(span.first_slot ?? 0) + index + 1} of ${span.full_length} of a ${span.pattern}`;
    default:
      return `token ${index + 1} of ${span.length}`;
  }
}

/** The span in words: kind, what belongs to its kind, and its positions. */
function describeSpan(span: Span): string {
  const words: string[] = [span.kind];
  if (span.period !== undefined) words.push(`period ${span.period}`);
  if (span.first !== undefined && span.size !== undefined) {
    words.push(`ids of rank ${span.first} to ${span.first + span.size - 1}`);
  }
  for (const [key, value] of Object.entries(span)) {
    if (!covered.has(key))
      words.push(value === true ? inWords(key) : `${inWords(key)} ${JSON.stringify(value)}`);
  }
  words.push(`positions ${span.start} to ${span.start + span.length - 1}`);
  return words.join(', ');
}

/** The innermost span over a position. */
export function spanAt(latents: Latents, position: number): Span | undefined {
  return latents.spans.findLast(
    (span) => span.start <= position && position < span.start + span.length,
  );
}

const uncoveredWords: Record<string, string> = {
  condition: 'the condition token',
  fixed: 'set by the template',
  fresh: 'a fresh draw',
  custom: 'made by the code',
  padding: 'padding, which fills the row',
  file: 'read from the file',
  transition: "drawn from the chain's row of the tokens before it",
};

/** Why a token of that kind is at a position, in words; `span` is empty if no span covers it. */
export function explain(
  latents: Latents,
  position: number,
  kind: string,
): { span: string; why: string } {
  const span = spanAt(latents, position);
  const words = span === undefined ? '' : describeSpan(span);
  if (latents.noise.includes(position))
    return { span: words, why: 'noise: replaced by a fresh draw' };
  const state = latents.states?.[position];
  if (kind === 'state') return { span: words, why: `emitted in state ${state}` };
  if (span === undefined) return { span: '', why: uncoveredWords[kind] ?? '' };
  const source = sourceOf(span, position);
  const replaced = source !== undefined && latents.noise.includes(source);
  return {
    span: words,
    why: rule(span, position) + (replaced ? ', which noise then replaced' : ''),
  };
}

/** What is known about the whole sequence: theme, condition, component, …, as `name value`. */
export function sequenceFacts(latents: Latents): string[] {
  return Object.entries(latents)
    .filter(([, value]) => typeof value === 'number')
    .filter(([key]) => key !== 'oracle_bits')
    .map(([key, value]) => `${inWords(key)} ${value}`);
}
