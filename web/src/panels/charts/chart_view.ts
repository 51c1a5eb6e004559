import type { Cell, Chart, ChartMarks } from '../../charts/frame';
import { patch } from '../../charts/patch';
import { element, fill, setText } from '../../dom/element';
import { setFormula } from '../../dom/formula';
import type { Stage } from '../../model/curriculum';
import { formatMeasure } from '../../model/format';
import type { Preview } from '../../model/preview';
import type { Reading } from '../../model/reading';
import type { Selection } from '../../model/selection';
import type { ChartCard } from './cards/card';
import type { Brush } from './brush';
import type { ChartFormat } from './chart_files';

const height = 210;
/** Of a chart whose stages are being edited. */
const editedHeight = 300;

const chartFormats: readonly ChartFormat[] = ['SVG', 'PNG', 'CSV'];

function shown(cell: Cell): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? formatMeasure(cell) : cell;
}

function dataTable({ table: { columns, rows } }: Chart): HTMLTableElement {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)));
  const body = rows.map((row) =>
    element('tr', {}, ...row.map((cell) => element('td', {}, shown(cell)))),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}

/** One chart as wide as its card, its data as a table on demand, and both as files. */
export class ChartView {
  readonly card: HTMLElement;
  readonly #source: ChartCard;
  readonly #subtitle = element('p', { class: 'card-subtitle' });
  readonly #formula = element('p', { class: 'chart-formula' });
  readonly #figure: HTMLElement;
  readonly #details = element(
    'details',
    { class: 'chart-data' },
    element('summary', {}, 'Data as a table'),
  );
  /** They wait for the first drawing. */
  readonly #savers: readonly HTMLButtonElement[];
  readonly #scroller: HTMLElement;
  #reading: Reading | undefined;
  #pinned: Reading | undefined;
  #chart: Chart | undefined;
  /** Kept, because asking for it after each drawing would force a layout. */
  #width = 0;
  /** Whether the drawing is of older data. */
  #isOutdated = false;
  /** Set by an observer: asking for the card's place would force a layout in the middle of a change. */
  #isInSight = false;
  #isLoaded: boolean;
  /** Whether a drawing was asked for; the page's first sight comes before what it has to load. */
  #isAsked = false;
  /** Called after each drawing. */
  drawn = () => {};
  /** The stages that are edited on it; undefined while they are not. */
  #stages: readonly Stage[] | undefined;

  readonly #select: ((selection: Selection) => void) | undefined;
  /** Shows single values; loaded when the chart is pointed at. */
  #brush: Brush | undefined;
  /** The sequence that is pointed at in the raster. */
  #row: number | undefined;

  /** `select` shows in the data what is behind a mark of the chart. */
  constructor(source: ChartCard, select?: (selection: Selection) => void) {
    const { title } = source;
    this.#source = source;
    this.#isLoaded = source.load === undefined;
    this.#select = select;
    const load = () => void this.loadBrush();
    this.#figure = element(
      'div',
      {
        class: 'chart-figure',
        tabindex: 0,
        role: 'group',
        'aria-label': `${title}, values by the arrow keys`,
        on: { pointerenter: load, focus: load },
      },
      element('p', { class: 'placeholder' }, 'Measuring…'),
    );
    this.#savers = chartFormats.map((format) =>
      this.#saver(format, title, format === chartFormats[0]),
    );
    this.#scroller = element('div', {
      class: 'chart-table',
      tabindex: 0,
      role: 'group',
      'aria-label': `${title}, data`,
    });
    this.#details.append(this.#scroller);
    this.#details.addEventListener('toggle', () => this.#fillTable());
    this.card = element(
      'section',
      { class: 'card chart-card', 'aria-label': title },
      element('h2', {}, title),
      this.#subtitle,
      this.#formula,
      this.#figure,
      element(
        'div',
        { class: 'chart-foot' },
        element('div', { class: 'chart-saves' }, ...this.#savers),
        this.#details,
      ),
    );
    new ResizeObserver((entries) => {
      this.#width = Math.round(entries.at(-1)?.contentRect.width ?? 0);
      if (this.#isAsked || this.#isInSight || this.#reading?.isComplete) this.draw();
    }).observe(this.#figure);
    new IntersectionObserver((entries) => {
      this.#isInSight = entries.at(-1)?.isIntersecting ?? false;
      if (this.#isInSight && this.#isOutdated && (this.#isLoaded || this.#isAsked)) this.draw();
    }).observe(this.card);
  }

  /** Takes the data for `draw`. Charts of what takes longer keep their drawing until it is known. */
  take(reading: Reading, pinned: Reading | undefined): void {
    const { isSlow = false, isRefined = false, needsFloor = false, applies } = this.#source;
    const waits = (isSlow && !reading.isComplete) || (needsFloor && reading.awaitsFloor === true);
    this.card.setAttribute('aria-busy', String(waits));
    const changesLater = isSlow || isRefined || needsFloor;
    if (waits || (!changesLater && this.#isOf(reading, pinned))) return;
    this.#reading = reading;
    this.#pinned = pinned && applies(pinned) ? pinned : undefined;
    this.card.hidden = !applies(reading);
    this.#isOutdated = true;
  }

  /** Whether the chart's data and what is expected of them are those of a reading. */
  #isOf({ series, truth }: Reading, pinned: Reading | undefined): boolean {
    const last = this.#reading;
    const isSame = series === last?.series && truth === last.truth;
    return isSame && pinned?.series === this.#pinned?.series;
  }

  get figure(): HTMLElement {
    return this.#figure;
  }

  get marks(): ChartMarks | undefined {
    return this.#chart?.marks;
  }

  /** Whether it shows the sequences by their ranks, and stages of a curriculum. */
  get hasStages(): boolean {
    return this.#source.behind?.of === 'ranks';
  }

  /** Shows these stages, with room for handles; without them those that the reading has. */
  edit(stages: readonly Stage[] | undefined): void {
    this.#stages = stages;
    this.draw();
  }

  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** Whether the card is on the screen. */
  get isInSight(): boolean {
    return this.#isInSight;
  }

  draw(): void {
    const width = this.#width;
    this.#isAsked = true;
    this.#isOutdated = false;
    if (this.#reading === undefined || this.card.hidden || width === 0) return;
    if (!this.#isLoaded) {
      this.#isOutdated = true;
      void this.#load();
      return;
    }
    const stages = this.#stages;
    const size = { width, height: stages ? editedHeight : height };
    const reading = stages ? { ...this.#reading, stages } : this.#reading;
    this.#chart = this.#source.draw(reading, size, this.#pinned);
    setText(this.#subtitle, this.#source.subtitle(this.#reading));
    setFormula(this.#formula, this.#source.formula(this.#reading));
    patch(this.#figure, this.#chart.drawing);
    this.#brush?.redrawn();
    this.#fillTable();
    for (const button of this.#savers) button.disabled = false;
    this.drawn();
  }

  /** Loads what it is drawn with, then draws what there is by then. */
  async #load(): Promise<void> {
    try {
      await this.#source.load?.();
      this.#isLoaded = true;
      this.draw();
    } catch {
      // The next data tries again.
    }
  }

  /** What shows single values, and marks sequences; loaded on first use. */
  async loadBrush(): Promise<Brush | undefined> {
    const loaded = await import('./brush').catch(() => undefined);
    if (!loaded) return undefined;
    this.#brush ??= new loaded.Brush({
      figure: this.#figure,
      behind: this.#source.behind,
      chart: () =>
        this.#chart &&
        this.#reading && { chart: this.#chart, reading: this.#reading, width: this.#width },
      select: this.#select,
    });
    return this.#brush;
  }

  /** Marks where a sequence is among all, if the chart shows all. */
  async markRow(preview: Preview, row: number | undefined): Promise<void> {
    const shows = ['values', 'ranks'].includes(this.#source.behind?.of ?? '');
    this.#row = row;
    if (!shows || (!this.#isInSight && row !== undefined)) return;
    const brush = this.#brush ?? (row === undefined ? undefined : await this.loadBrush());
    // Another one may be pointed at by now.
    brush?.markRow(preview, this.#row);
  }

  #saver(format: ChartFormat, title: string, isFirst: boolean): HTMLButtonElement {
    const label = `Save ${title} as ${format}`;
    const click = async () => {
      const { saveChart } = await import('./chart_files');
      const drawn = this.#figure.querySelector('svg');
      const subtitle = this.#subtitle.textContent ?? '';
      if (drawn && this.#chart) await saveChart(format, drawn, this.#chart, { title, subtitle });
    };
    return element(
      'button',
      {
        type: 'button',
        disabled: true,
        // The arrow keys lead to the others.
        tabindex: isFirst ? 0 : -1,
        class: 'quiet-button',
        'aria-label': label,
        title: label,
        on: { click: () => void click() },
      },
      format,
    );
  }

  #fillTable(): void {
    if (this.#details.open && this.#chart) fill(this.#scroller, dataTable(this.#chart));
  }
}
