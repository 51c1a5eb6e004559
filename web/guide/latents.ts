import type { Config, Synthgen } from 'synthgen';

import { element, type Html } from '../reference/markup';
import { table } from '../reference/table';
import { nameCode } from '../reference/text';
import { declarationsIn, type Declaration } from './api/declarations';
import { commentHtml } from './api/entry';
import { sourceOf } from './api/sources';

/** The comment of each member of an interface; members without one share that of the member before. */
function meanings(declarations: readonly Declaration[], name: string): Map<string, string> {
  const found = declarations.find((declaration) => declaration.name === name);
  const comments = new Map<string, string>();
  let last = '';
  for (const { name: member, comment } of found?.members ?? []) {
    last = comment || last;
    comments.set(member, last);
  }
  return comments;
}

/** Fields that need no explanation, or whose name is one. */
const plain: Record<string, string> = {
  spans: 'Runs of tokens with one origin, in order: start, length and kind, and what follows here.',
};

/** What the latents of a config's sequences hold, as found in some of them. */
export function latentsSection(core: Synthgen, config: Config): Html {
  const declarations = declarationsIn(sourceOf('module/types/synthgen.d.ts'), 'js');
  const [fields, spanFields] = ['Latents', 'Span'].map((name) => meanings(declarations, name));
  const generator = core.generator(config);
  const { latents = [] } = generator.generate({ count: 40, latents: true });
  generator.delete();
  const found = [...new Set(latents.flatMap((sequence) => Object.keys(sequence)))];
  const spans = latents.flatMap((sequence) => sequence.spans);
  const kinds = [...new Set(spans.map(({ kind }) => kind))].toSorted();
  const ofSpans = [...new Set(spans.flatMap((span) => Object.keys(span)))].filter(
    (key) => !['start', 'length', 'kind'].includes(key),
  );
  const cell = (comment: string) => ({ content: commentHtml(comment) });
  const rows = found.flatMap((key) => {
    const row = [{ content: nameCode(key) }, cell(plain[key] ?? fields?.get(key) ?? '')];
    if (key !== 'spans') return [row];
    const inSpan = ofSpans.map((name) => [
      { content: nameCode(`spans[].${name}`) },
      cell(spanFields?.get(name) ?? ''),
    ]);
    const ofKinds = [{ content: nameCode('spans[].kind') }, cell(`\`${kinds.join('`, `')}\``)];
    return kinds.length === 0 ? [row] : [row, ofKinds, ...inSpan];
  });
  return element('div', { class: 'guide-table' }, table(undefined, ['field', 'meaning'], rows));
}
