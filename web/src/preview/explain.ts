import type { Latents, Span } from 'synthgen';

const describedElsewhere = new Set(['start', 'length', 'kind', 'full_length', 'period']);

function ordinal(index: number): string {
  return `token ${index + 1}`;
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
    case 'repetition':
      return source === undefined
        ? `${ordinal(index)} of the motif, a fresh draw`
        : `copies position ${source}`;
    case 'alternation':
      return source === undefined
        ? `${index === 0 ? 'A' : 'B'}, a fresh draw`
        : `copies position ${source}`;
    case 'progression':
      return source === undefined
        ? 'starts the run, a fresh draw'
        : `the id after that of position ${source}`;
    case 'reversal':
      return source === undefined
        ? `${ordinal(index)} of the motif, a fresh draw`
        : `mirrors position ${source}`;
    default:
      return `${ordinal(index)} of ${span.length}`;
  }
}

function details(span: Span): string {
  const words: string[] = [span.kind];
  if (span.period !== undefined) words.push(`period ${span.period}`);
  for (const [key, value] of Object.entries(span)) {
    if (!describedElsewhere.has(key))
      words.push(`${key.replaceAll('_', ' ')} ${JSON.stringify(value)}`);
  }
  return words.join(', ');
}

/** The innermost span over a position. */
export function spanAt(latents: Latents, position: number): Span | undefined {
  return latents.spans.findLast(
    (span) => span.start <= position && position < span.start + span.length,
  );
}

/** Why the token stands where it stands, in words. */
export function explain(latents: Latents, position: number): { span: string; why: string } {
  const span = spanAt(latents, position);
  if (span === undefined) return { span: 'no span', why: '' };
  const where = `${details(span)}, positions ${span.start} to ${span.start + span.length - 1}`;
  if (latents.noise.includes(position)) {
    return { span: where, why: 'noise: a fresh draw took this place' };
  }
  const source = sourceOf(span, position);
  const replaced = source !== undefined && latents.noise.includes(source);
  return {
    span: where,
    why: rule(span, position) + (replaced ? ', which noise replaced later' : ''),
  };
}

/** What is known of the whole sequence: theme, condition, component, …, as `name value`. */
export function sequenceFacts(latents: Latents): string[] {
  return Object.entries(latents)
    .filter(([key]) => !['spans', 'noise', 'oracle_bits'].includes(key))
    .map(([key, value]) => `${key.replaceAll('_', ' ')} ${JSON.stringify(value)}`);
}
