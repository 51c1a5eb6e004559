import { element, fill } from '../../dom/element';
import { formatCount } from '../../model/format';
import { explain, sequenceFacts, spanAt } from '../../model/explain';
import { repeatsAt, repeatWords } from '../../model/repeats';
import type { Preview } from '../../model/preview';
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

/** The part of a box that lies inside an area of that size. */
function inside({ left, top, width, height }: Box, area: HTMLElement): Box {
  const clip = (from: number, size: number, view: number) => {
    const start = Math.max(0, from);
    return { start, size: Math.max(0, Math.min(view, from + size) - start) };
  };
  const x = clip(left, width, area.clientWidth);
  const y = clip(top, height, area.clientHeight);
  return { left: x.start, top: y.start, width: x.size, height: y.size };
}

/** Everything there is to say of one cell. */
interface CellWords {
  token: string;
  why: string;
  repeats: string;
  facts: string;
  /** What the dataset beside has there; empty without one. */
  beside: string;
  place: string;
}

function besideWords(token: number | undefined, beside: Preview, { row, column }: Cell): string {
  const first = beside.offsets[row] ?? 0;
  if (row + 1 >= beside.offsets.length || first + column >= (beside.offsets[row + 1] ?? 0))
    return 'no such position beside it';
  const other = beside.tokens[first + column];
  return other === token ? 'the same token beside it' : `token ${other} beside it`;
}

function wordsOf(preview: Preview, cell: Cell, beside?: Preview): CellWords | undefined {
  const { row, column } = cell;
  const latents = preview.latents[row];
  if (!latents) return undefined;
  const sequence = preview.tokens.subarray(preview.offsets[row], preview.offsets[row + 1]);
  const { span, why } = explain(latents, column, preview.config);
  return {
    token: `token ${sequence[column]}`,
    why,
    repeats: repeatWords(repeatsAt(sequence, column)),
    beside: beside ? besideWords(sequence[column], beside, cell) : '',
    facts: [span, ...sequenceFacts(latents)].filter(Boolean).join(' · '),
    place: `sequence ${formatCount(preview.from + row)}, position ${column}`,
  };
}

/** The same in one line, for screen readers: what matters most comes first. */
export function cellText(preview: Preview, cell: Cell, beside?: Preview): string {
  const words = wordsOf(preview, cell, beside);
  if (!words) return '';
  const { token, why, facts, repeats, place: where } = words;
  return [token, why, words.beside, facts, repeats, where].filter(Boolean).join('; ');
}

/** Tells about one cell: a tooltip beside it, outlines around it and its span. */
export class Inspector {
  /** What lies over the raster. */
  readonly overlays: HTMLElement[];
  readonly #area: HTMLElement;
  readonly #span = element('div', { class: 'raster-span' });
  readonly #cell = element('div', { class: 'raster-cell' });
  readonly #tooltip = element('div', { class: 'raster-tooltip', 'aria-hidden': 'true' });

  /** `area` is what the overlays lie over. */
  constructor(area: HTMLElement) {
    this.#area = area;
    this.overlays = [this.#span, this.#cell, this.#tooltip];
    this.hide();
  }

  hide(): void {
    for (const overlay of this.overlays) overlay.hidden = true;
  }

  /** `beside` is what the cell is compared with. */
  show(preview: Preview, cell: Cell, geometry: Geometry, ratio: number, beside?: Preview): void {
    const words = wordsOf(preview, cell, beside);
    const latents = preview.latents[cell.row];
    if (!words || !latents) return;
    fill(
      this.#tooltip,
      element('p', {}, words.place),
      element('p', { class: 'tooltip-token' }, words.token),
      element('p', {}, words.why),
      words.beside !== '' && element('p', {}, words.beside),
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

  /** Right below the cell where there is room, else on its other side. */
  #placeTooltip({ left, top, width, height }: Box): void {
    this.#tooltip.hidden = false;
    const { clientWidth, clientHeight } = this.#area;
    const { offsetWidth, offsetHeight } = this.#tooltip;
    const beside = (from: number, size: number, own: number, view: number) => {
      const behind = from + size + tooltipGap;
      return behind + own <= view ? behind : Math.max(0, from - tooltipGap - own);
    };
    const x = beside(left, width, offsetWidth, clientWidth);
    const y = beside(top, height, offsetHeight, clientHeight);
    this.#tooltip.style.translate = `${x}px ${y}px`;
  }
}
