import '../../theme/brush.css';

import type { Cell, Chart, ChartMarks } from '../../charts/frame';
import { element, fill, setText } from '../../dom/element';
import { formatMeasure } from '../../model/format';
import type { Preview } from '../../model/preview';
import type { Reading } from '../../model/reading';
import { complexityRanks, valuesOf, type Selection } from '../../model/selection';
import type { Behind } from './cards/card';

/** Above the drawing, in CSS pixels. */
const figurePadding = 8;

const shown = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '–' : typeof cell === 'number' ? formatMeasure(cell) : cell;

type Range = readonly [first: number, last: number];

/** The mark that is nearest to a place along the chart. */
export function markAt({ at }: ChartMarks, place: number): number {
  let best = 0;
  let least = Infinity;
  at.forEach(([from, to], i) => {
    const distance = Math.max(from - place, place - to, 0);
    // Where several are as near, as where they overlap, the one with the nearest middle.
    const measure = distance + Math.abs((from + to) / 2 - place) * 1e-6;
    if (measure < least) [best, least] = [i, measure];
  });
  return best;
}

/** Where along a histogram a value lies; undefined beyond it. */
export function placeOf(value: number, { at, table: { rows } }: ChartMarks): number | undefined {
  for (const [i, [from, to]] of rows.entries()) {
    if (typeof from !== 'number' || typeof to !== 'number' || value < from || value > to) continue;
    const [start, end] = at[i] ?? [0, 0];
    return from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
  }
  return undefined;
}

/** The id with that rank among all by how often they occur. */
function idOfRank({ report }: Reading, rank: number): number | undefined {
  const counts = Object.entries(report.token_distribution).toSorted(([, a], [, b]) => b - a);
  const entry = counts[rank - 1];
  return entry && Number(entry[0]);
}

/** What the marks of a chart stand for. */
export function selectionOf(
  behind: Behind,
  reading: Reading,
  { table: { rows } }: ChartMarks,
  [first, last]: Range,
): Selection | undefined {
  const cell = (row: number, column = 0) => rows[row]?.[column] ?? null;
  const number = (row: number, column = 0) => Number(cell(row, column));
  switch (behind.of) {
    case 'values': {
      const { name, title } = behind;
      const [from, to] = [number(first), number(last, 1)];
      return { of: 'values', name, title, from, to, isLast: last === rows.length - 1 };
    }
    case 'ranks':
      return { of: 'ranks', from: number(first), to: number(last) };
    case 'kinds':
      return { of: 'kinds', kinds: [String(cell(last))] };
    case 'ngrams':
      return { of: 'ids', ids: String(cell(last)).split(' ').map(Number) };
    case 'tokens': {
      const id = idOfRank(reading, number(last));
      return id === undefined ? undefined : { of: 'ids', ids: [id] };
    }
    case 'lags':
      return { of: 'lag', lag: number(last) };
    case 'positions':
      return { of: 'positions', from: number(first), to: number(last) };
  }
}

/** Of which several neighbours can be chosen together. */
const ranges: readonly Behind['of'][] = ['values', 'ranks', 'positions'];

/** What a brush needs to know of its chart. */
export interface BrushSource {
  figure: HTMLElement;
  /** What the marks stand for, if that can be shown in the data. */
  behind: Behind | undefined;
  chart: () => { chart: Chart; reading: Reading; width: number } | undefined;
  select: ((selection: Selection) => void) | undefined;
}

/**
 * Shows the values of a chart under the pointer and by the keyboard, and chooses what is behind them:
 * a click or Enter takes one mark, a drag or Shift with the arrows several.
 */
export class Brush {
  readonly #source: BrushSource;
  readonly #band = element('div', { class: 'brush-band', hidden: true });
  readonly #row = element('div', { class: 'brush-row', hidden: true });
  readonly #words = element('dl', {});
  readonly #hint = element('p', {});
  readonly #tooltip = element(
    'div',
    { class: 'brush-tooltip', hidden: true },
    this.#words,
    this.#hint,
  );
  readonly #said = element('p', { class: 'visually-hidden', role: 'status' });
  readonly #overlay = element(
    'div',
    { class: 'brush' },
    this.#band,
    this.#row,
    this.#tooltip,
    this.#said,
  );
  /** The mark that is pointed at, and where the range began that ends there. */
  #at: number | undefined;
  #anchor: number | undefined;
  #isDown = false;
  /** The sequence that is marked among all. */
  #marked: { preview: Preview; row: number } | undefined;

  constructor(source: BrushSource) {
    this.#source = source;
    const { figure } = source;
    figure.append(this.#overlay);
    figure.classList.add('brushed');
    figure.classList.toggle('choosing', this.#canSelect);
    figure.addEventListener('pointerdown', (event) => this.#down(event));
    figure.addEventListener('pointermove', (event) => this.#move(event));
    figure.addEventListener('pointerup', () => this.#up());
    figure.addEventListener('pointercancel', () => this.#leave());
    figure.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType !== 'touch' && !this.#isDown) this.#leave();
    });
    figure.addEventListener('keydown', (event) => this.#key(event));
    figure.addEventListener('focus', () => this.#focus());
    figure.addEventListener('blur', () => this.#leave());
    if (figure.matches(':focus')) this.#focus();
  }

  /** The drawing was replaced, and with it everything over it. */
  redrawn(): void {
    this.#source.figure.append(this.#overlay);
    this.#showRow();
    if (this.#at === undefined) return;
    const count = this.#marks?.at.length ?? 0;
    if (this.#at < count) this.#show();
    else this.#leave();
  }

  /** Marks where a sequence is among all; none without one. */
  markRow(preview: Preview, row: number | undefined): void {
    this.#marked = row === undefined ? undefined : { preview, row };
    this.#showRow();
  }

  #showRow(): void {
    const place = this.#marked && this.#placeOfRow(this.#marked.preview, this.#marked.row);
    this.#row.hidden = place === undefined;
    if (place !== undefined) this.#row.style.translate = `${place}px 0`;
  }

  #placeOfRow(preview: Preview, row: number): number | undefined {
    const { behind } = this.#source;
    const marks = this.#marks;
    if (!marks) return undefined;
    if (behind?.of === 'values') {
      const value = valuesOf(preview, behind.name)?.[row] ?? null;
      return value === null ? undefined : placeOf(value, marks);
    }
    if (behind?.of !== 'ranks') return undefined;
    const rank = complexityRanks(preview)[row];
    const [start, end] = [marks.at[0]?.[0], marks.at.at(-1)?.[0]];
    return rank === undefined || start === undefined || end === undefined
      ? undefined
      : start + rank * (end - start);
  }

  get #marks(): ChartMarks | undefined {
    return this.#source.chart()?.chart.marks;
  }

  get #canSelect(): boolean {
    return this.#source.select !== undefined && this.#source.behind !== undefined;
  }

  get #canRange(): boolean {
    return this.#canSelect && ranges.includes(this.#source.behind!.of);
  }

  get #range(): Range {
    const at = this.#at ?? 0;
    const anchor = this.#canRange ? (this.#anchor ?? at) : at;
    return [Math.min(at, anchor), Math.max(at, anchor)];
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#point(event);
    this.#anchor = this.#at;
    this.#isDown = true;
    if (event.pointerType === 'mouse') this.#source.figure.setPointerCapture(event.pointerId);
  }

  #move(event: PointerEvent): void {
    if (event.pointerType === 'touch' && !this.#isDown) return;
    this.#point(event);
  }

  #up(): void {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#choose();
    this.#anchor = undefined;
  }

  #point({ clientX, clientY }: PointerEvent): void {
    const marks = this.#marks;
    if (!marks || marks.at.length === 0) return;
    const { left, top } = this.#source.figure.getBoundingClientRect();
    const place = marks.along === 'x' ? clientX - left : clientY - top - figurePadding;
    this.#at = markAt(marks, place);
    this.#show();
  }

  #leave(): void {
    this.#at = undefined;
    this.#anchor = undefined;
    this.#isDown = false;
    this.#band.hidden = true;
    this.#tooltip.hidden = true;
  }

  #focus(): void {
    if (this.#isDown || !this.#source.figure.matches(':focus-visible')) return;
    this.#at ??= 0;
    this.#show(true);
  }

  #key(event: KeyboardEvent): void {
    const marks = this.#marks;
    if (!marks || marks.at.length === 0) return;
    const last = marks.at.length - 1;
    const at = this.#at ?? 0;
    const targets: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      PageUp: at - 10,
      PageDown: at + 10,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      if (event.shiftKey) this.#anchor ??= at;
      else this.#anchor = undefined;
      this.#at = Math.max(0, Math.min(last, target));
      this.#show(true);
    } else if (event.key === 'Enter' || event.key === ' ') this.#choose();
    else if (event.key === 'Escape' && !this.#tooltip.hidden) this.#leave();
    else return;
    event.preventDefault();
  }

  #choose(): void {
    const { behind, select, chart } = this.#source;
    const drawn = chart();
    if (this.#at === undefined || !behind || !drawn?.chart.marks) return;
    const selection = selectionOf(behind, drawn.reading, drawn.chart.marks, this.#range);
    if (selection) select?.(selection);
  }

  /** Shows the values of the mark; screen readers hear them if they are asked for by the keyboard. */
  #show(isSaid = false): void {
    const drawn = this.#source.chart();
    const marks = drawn?.chart.marks;
    if (!drawn || !marks || this.#at === undefined) return;
    const { columns, rows } = marks.table;
    const cells = rows[this.#at] ?? [];
    const behind = this.#source.behind;
    const id = behind?.of === 'tokens' ? idOfRank(drawn.reading, Number(cells[0])) : undefined;
    const values = columns.map((name, i): [string, string] => [name, shown(cells[i])]);
    if (id !== undefined) values.unshift(['id', String(id)]);
    fill(
      this.#words,
      ...values.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    );
    setText(this.#hint, this.#canSelect ? 'click to find it in the sequences' : '');
    if (isSaid) setText(this.#said, values.map((pair) => pair.join(' ')).join(', '));
    this.#place(drawn.chart.drawing.attributes['height'], drawn.width, marks);
  }

  #place(height: string | number | undefined, width: number, { at, along }: ChartMarks): void {
    const [first, last] = this.#range;
    const from = at[first]?.[0] ?? 0;
    const size = Math.max(2, (at[last]?.[1] ?? 0) - from);
    const isAcross = along === 'x';
    Object.assign(this.#band.style, {
      translate: isAcross ? `${from}px 0` : `0 ${from + figurePadding}px`,
      width: isAcross ? `${size}px` : '100%',
      height: isAcross ? `${Number(height) + figurePadding}px` : `${size}px`,
    });
    const middle = from + size / 2;
    const isLeft = isAcross && middle > width / 2;
    Object.assign(this.#tooltip.style, {
      left: isAcross && !isLeft ? `${middle + 10}px` : 'auto',
      right: isAcross ? (isLeft ? `${width - middle + 10}px` : 'auto') : '0',
      top: isAcross ? '0' : 'auto',
      bottom: isAcross ? 'auto' : `calc(100% - ${from + figurePadding - 4}px)`,
    });
    this.#band.hidden = false;
    this.#tooltip.hidden = false;
  }
}
