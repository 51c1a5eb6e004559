import '../../theme/text.css';

import { copyButton } from '../../dom/controls';
import { element, fill } from '../../dom/element';
import { formatCount, withUnit } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import { kindClass } from '../../model/kinds';
import { mostTextTokens, textRows } from '../../model/preview_rows';

interface Run {
  kind: string;
  span: number;
  /** Whether the tokens are chosen, or the pinned data has others here. */
  isChanged: boolean;
  tokens: number[];
}

/** 1 for every token that is chosen or has changed; undefined where nothing is marked. */
type Marks = Uint8Array | undefined;

/** A sequence as runs of tokens of the same span, kind and mark, cut where the view ends. */
function runsOf({ preview }: Inspection, row: number, changed: Marks): Run[] {
  const { structure, kindNames } = preview;
  const runs: Run[] = [];
  const first = preview.offsets[row] ?? 0;
  const end = Math.min(preview.offsets[row + 1] ?? 0, first + mostTextTokens);
  for (let i = first; i < end; i += 1) {
    const kind = kindNames[structure.kinds[i] ?? 0] ?? 'fresh';
    const span = structure.spans[i] ?? 0;
    const token = preview.tokens[i] ?? 0;
    const isChanged = changed?.[i] === 1;
    const last = runs.at(-1);
    if (last?.kind === kind && last.span === span && last.isChanged === isChanged)
      last.tokens.push(token);
    else runs.push({ kind, span, isChanged, tokens: [token] });
  }
  return runs;
}

function runElement({ kind, isChanged, tokens }: Run): HTMLElement {
  const title = isChanged ? `${kind}, marked` : kind;
  const look = { class: `run ${kindClass(kind)}`, title };
  return element(isChanged ? 'mark' : 'span', look, tokens.join(' '));
}

/** The sequences as ids, in runs coloured and titled by their structure. */
export class TextView {
  readonly element: HTMLElement;
  readonly #list = element('ol', { class: 'text-rows' });
  readonly #more = element('p', { class: 'text-more' });
  readonly #scroller: HTMLElement;
  #inspection: Inspection | undefined;

  constructor() {
    this.#scroller = element(
      'div',
      { class: 'text-view', tabindex: 0, role: 'region', 'aria-label': 'Sequences as text' },
      this.#list,
    );
    this.element = element(
      'div',
      { class: 'text-panel' },
      this.#scroller,
      element(
        'div',
        { class: 'text-foot' },
        this.#more,
        copyButton('as JSONL', () => this.#inspection?.preview.jsonl ?? ''),
      ),
    );
  }

  /** Shows the sequences; `changed` marks tokens that are chosen, or differ from the pinned data. */
  show(inspection: Inspection, changed: Marks): void {
    this.#inspection = inspection;
    const { preview } = inspection;
    const total = preview.offsets.length - 1;
    const rows = textRows(preview.offsets);
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
            ...runsOf(inspection, row, changed).flatMap((run) => [runElement(run), ' ']),
          ),
        ),
      ),
    );
    const shown =
      rows === total
        ? `all ${withUnit(total, 'sequences')}`
        : `${formatCount(rows)} of ${formatCount(total)} sequences`;
    const length = preview.offsets[1] ?? 0;
    // Only a first sequence can be longer than the view.
    this.#more.textContent =
      length > mostTextTokens
        ? `${shown}, positions 0–${formatCount(mostTextTokens - 1)} of ${formatCount(length)}`
        : shown;
  }

  /** Brings the sequence in that row of the preview into sight and marks it. */
  mark(row: number): void {
    for (const [index, line] of [...this.#list.children].entries()) {
      line.classList.toggle('marked', index === row);
      if (index !== row) continue;
      const { top, bottom } = line.getBoundingClientRect();
      const view = this.#scroller.getBoundingClientRect();
      if (top < view.top) this.#scroller.scrollTop -= view.top - top;
      else if (bottom > view.bottom)
        this.#scroller.scrollTop += Math.min(bottom - view.bottom, top - view.top);
    }
  }
}
