import { element, fill } from '../../dom';
import { formatCount } from '../../format';
import type { Inspection } from '../../preview/inspection';
import { kindClass } from '../../preview/kinds';

/** Tokens in the text view: more would only make the page slow to scroll. */
const mostTokens = 8192;

interface Run {
  kind: string;
  span: number;
  tokens: number[];
}

/** A sequence as runs of tokens of the same span and kind, cut where the view ends. */
function runsOf({ preview, kinds }: Inspection, row: number): Run[] {
  const runs: Run[] = [];
  const first = preview.offsets[row] ?? 0;
  const end = Math.min(preview.offsets[row + 1] ?? 0, first + mostTokens);
  for (let i = first; i < end; i += 1) {
    const kind = kinds.names[kinds.cells[i] ?? 0] ?? 'fresh';
    const span = kinds.spans[i] ?? 0;
    const token = preview.tokens[i] ?? 0;
    const last = runs.at(-1);
    if (last?.kind === kind && last.span === span) last.tokens.push(token);
    else runs.push({ kind, span, tokens: [token] });
  }
  return runs;
}

/** The sequences as ids, each run coloured and titled by what made it. */
export class TextView {
  readonly element: HTMLElement;
  readonly #list = element('ol', { class: 'text-rows' });
  readonly #more = element('p', { class: 'text-more' });

  constructor() {
    this.element = element(
      'div',
      { class: 'text-view', tabindex: 0, role: 'region', 'aria-label': 'Sequences as text' },
      this.#list,
      this.#more,
    );
  }

  show(inspection: Inspection): void {
    const { preview } = inspection;
    const total = preview.offsets.length - 1;
    let rows = 0;
    while (rows < total && (rows === 0 || (preview.offsets[rows + 1] ?? 0) <= mostTokens))
      rows += 1;
    fill(
      this.#list,
      ...Array.from({ length: rows }, (_, row) =>
        element(
          'li',
          {},
          element('span', { class: 'text-index' }, formatCount(preview.from + row)),
          ' ',
          element(
            'span',
            { class: 'text-tokens' },
            ...runsOf(inspection, row).flatMap(({ kind, tokens }) => [
              element('span', { class: `run ${kindClass(kind)}`, title: kind }, tokens.join(' ')),
              ' ',
            ]),
          ),
        ),
      ),
    );
    this.#more.hidden = rows === total;
    this.#more.textContent = `${formatCount(rows)} of the raster's ${formatCount(total)} sequences.`;
  }
}
