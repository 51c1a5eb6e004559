import { element, fill } from '../../dom/element';
import { formatCount } from '../../model/format';
import { explain, sequenceFacts, spanAt } from '../../model/explain';
import { repeatsAt, repeatWords } from '../../model/repeats';
import { latentsOf, type Preview } from '../../model/preview';
import { cellBox, type Box, type Cell, type Geometry } from './geometry';

/** Distance of the tooltip from its cell, in CSS pixels. */
const tooltipGap = 12;

function place(target: HTMLElement, { left, top, width, height }: Box): void {
  Object.assign(target.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/** The part of a box that is inside an area. */
function inside({ left, top, width, height }: Box, area: HTMLElement): Box {
  const clip = (from: number, size: number, view: number) => {
    const start = Math.max(0, from);
    return { start, size: Math.max(0, Math.min(view, from + size) - start) };
  };
  const x = clip(left, width, area.clientWidth);
  const y = clip(top, height, area.clientHeight);
  return { left: x.start, top: y.start, width: x.size, height: y.size };
}

/** What is shown about one cell. */
interface CellWords {
  token: string;
  why: string;
  repeats: string;
  facts: string;
  /** What the other dataset has there; empty without one. */
  other: string;
  place: string;
}

function otherWords(token: number | undefined, dataset: Preview, { row, column }: Cell): string {
  const first = dataset.offsets[row] ?? 0;
  if (row + 1 >= dataset.offsets.length || first + column >= (dataset.offsets[row + 1] ?? 0))
    return 'no such position in the other dataset';
  const other = dataset.tokens[first + column];
  return other === token
    ? 'the same token in the other dataset'
    : `token ${other} in the other dataset`;
}

function wordsOf(preview: Preview, cell: Cell, other?: Preview): CellWords | undefined {
  const { row, column } = cell;
  const latents = latentsOf(preview)[row];
  if (!latents) return undefined;
  const first = preview.offsets[row] ?? 0;
  const kind = preview.kindNames[preview.structure.kinds[first + column] ?? 0] ?? '';
  const sequence = preview.tokens.subarray(first, preview.offsets[row + 1]);
  const { span, why } = explain(latents, column, kind);
  return {
    token: `token ${sequence[column]}`,
    why,
    repeats: repeatWords(repeatsAt(sequence, column)),
    other: other ? otherWords(sequence[column], other, cell) : '',
    facts: [span, ...sequenceFacts(latents)].filter(Boolean).join(' · '),
    place: `sequence ${formatCount(preview.from + row)}, position ${column}`,
  };
}

/** What is known about a cell in one line, for screen readers: the most important first. */
export function cellText(preview: Preview, cell: Cell, other?: Preview): string {
  const words = wordsOf(preview, cell, other);
  if (!words) return '';
  const { token, why, facts, repeats, place: where } = words;
  return [token, why, words.other, facts, repeats, where].filter(Boolean).join('; ');
}

/** Shows what is known about one cell: a tooltip, and outlines around the cell and its span. */
export class Inspector {
  /** Elements to put over the raster. */
  readonly overlays: HTMLElement[];
  readonly #area: HTMLElement;
  readonly #span = element('div', { class: 'raster-span' });
  readonly #cell = element('div', { class: 'raster-cell' });
  readonly #tooltip = element('div', { class: 'raster-tooltip', 'aria-hidden': 'true' });

  /** `area` is the element that the overlays cover. */
  constructor(area: HTMLElement) {
    this.#area = area;
    this.overlays = [this.#span, this.#cell, this.#tooltip];
    this.hide();
  }

  hide(): void {
    for (const overlay of this.overlays) overlay.hidden = true;
  }

  /** `other` is the dataset that the cell is compared with. */
  show(preview: Preview, cell: Cell, geometry: Geometry, ratio: number, other?: Preview): void {
    const words = wordsOf(preview, cell, other);
    const latents = latentsOf(preview)[cell.row];
    if (!words || !latents) return;
    fill(
      this.#tooltip,
      element('p', {}, words.place),
      element('p', { class: 'tooltip-token' }, words.token),
      element('p', {}, words.why),
      words.other !== '' && element('p', {}, words.other),
      words.facts !== '' && element('p', { class: 'tooltip-span' }, words.facts),
      element('p', { class: 'tooltip-span' }, words.repeats),
    );
    const toCss = { ...geometry, ratio };
    const box = cellBox(toCss, cell);
    place(this.#cell, box);
    this.#cell.hidden = false;
    const around = spanAt(latents, cell.column);
    this.#span.hidden = around === undefined;
    if (around) {
      const whole = cellBox(toCss, { row: cell.row, column: around.start }, around.length);
      place(this.#span, inside(whole, this.#area));
    }
    this.#placeTooltip(box);
  }

  /** Right below the cell if there is room, else above it. */
  #placeTooltip({ left, top, width, height }: Box): void {
    this.#tooltip.hidden = false;
    const { clientWidth, clientHeight } = this.#area;
    const { offsetWidth, offsetHeight } = this.#tooltip;
    const nextTo = (from: number, size: number, own: number, view: number) => {
      const after = from + size + tooltipGap;
      return after + own <= view ? after : Math.max(0, from - tooltipGap - own);
    };
    const x = nextTo(left, width, offsetWidth, clientWidth);
    const y = nextTo(top, height, offsetHeight, clientHeight);
    this.#tooltip.style.translate = `${x}px ${y}px`;
  }
}
