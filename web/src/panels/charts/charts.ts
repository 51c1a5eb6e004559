import type { Chart } from '../../charts/frame';
import { toElement } from '../../charts/svg';
import { element, fill } from '../../dom';
import type { Inspection } from '../../preview/inspection';
import { chartCards, type ChartCard } from './cards';

const height = 196;

function dataTable({ table: { columns, rows } }: Chart): HTMLTableElement {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)));
  const body = rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell))));
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}

/** One chart as wide as its card, and the same data as a table on demand. */
class ChartView {
  readonly card: HTMLElement;
  readonly #source: ChartCard;
  readonly #subtitle = element('p', { class: 'card-subtitle' });
  readonly #figure = element('div', { class: 'chart-figure' });
  readonly #details = element(
    'details',
    { class: 'chart-data' },
    element('summary', {}, 'Data as a table'),
  );
  readonly #scroller: HTMLElement;
  #inspection: Inspection | undefined;
  #chart: Chart | undefined;

  constructor(source: ChartCard) {
    this.#source = source;
    this.#scroller = element('div', {
      class: 'chart-table',
      tabindex: 0,
      role: 'group',
      'aria-label': `${source.title}, data`,
    });
    this.#details.append(this.#scroller);
    this.#details.addEventListener('toggle', () => this.#fillTable());
    this.card = element(
      'section',
      { class: 'card chart-card', 'aria-label': source.title },
      element('h2', {}, source.title),
      this.#subtitle,
      this.#figure,
      this.#details,
    );
    new ResizeObserver(() => this.#draw()).observe(this.#figure);
  }

  show(inspection: Inspection): void {
    this.#inspection = inspection;
    this.card.hidden = !this.#source.applies(inspection);
    this.#draw();
  }

  #draw(): void {
    const width = this.#figure.clientWidth;
    if (this.#inspection === undefined || this.card.hidden || width === 0) return;
    this.#chart = this.#source.draw(this.#inspection, { width, height });
    this.#subtitle.textContent = this.#source.subtitle(this.#inspection);
    fill(this.#figure, toElement(this.#chart.drawing));
    this.#fillTable();
  }

  #fillTable(): void {
    if (this.#details.open && this.#chart) fill(this.#scroller, dataTable(this.#chart));
  }
}

/** All charts of the data in view. */
export class ChartsPanel {
  readonly element: HTMLElement;
  readonly #views = chartCards.map((card) => new ChartView(card));

  constructor() {
    this.element = element('div', { class: 'charts' }, ...this.#views.map((view) => view.card));
  }

  show(inspection: Inspection): void {
    for (const view of this.#views) view.show(inspection);
  }
}
