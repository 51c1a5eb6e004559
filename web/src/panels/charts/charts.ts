import { bars } from '../../charts/bars';
import type { Chart, Size } from '../../charts/frame';
import { histogram } from '../../charts/histogram';
import { rankFrequency } from '../../charts/rank_frequency';
import { toElement } from '../../charts/svg';
import { element, fill } from '../../dom';
import { formatCount, formatMeasure } from '../../format';
import { kindClass } from '../../preview/kinds';
import { expectation, kindShares, seriesOf } from '../../preview/measures';
import type { Preview } from '../../worker/messages';

interface ChartCard {
  title: string;
  subtitle: (preview: Preview) => string;
  /** Whether the chart says anything about this preview. */
  applies: (preview: Preview) => boolean;
  draw: (preview: Preview, size: Size) => Chart;
}

const always = () => true;

function measureHistogram(title: string, name: string, axis: string) {
  return (preview: Preview, size: Size) =>
    histogram(
      {
        title,
        axis,
        values: seriesOf(preview).get(name) ?? [],
        expected: expectation(preview.truth, name)?.value,
      },
      size,
    );
}

const percent = (share: number) => `${formatMeasure(Math.round(share * 1000) / 10)} %`;

const cards: ChartCard[] = [
  {
    title: 'Local coherence',
    subtitle: () => 'share of neighbours that are equal, per sequence',
    applies: always,
    draw: measureHistogram('local coherence', 'local_coherence', 'share of equal neighbours'),
  },
  {
    title: 'Global coherence',
    subtitle: () => 'share of the most common token, per sequence',
    applies: always,
    draw: measureHistogram(
      'global coherence',
      'global_coherence',
      'share of the most common token',
    ),
  },
  {
    title: 'Structure',
    subtitle: () => 'share of positions by what made them',
    applies: always,
    draw: (preview, size) =>
      bars(
        {
          label: `Share of positions: ${kindShares(preview)
            .map(({ kind, share }) => `${kind} ${percent(share)}`)
            .join(', ')}`,
          axis: 'share of positions',
          columns: ['kind', 'share of positions'],
          bars: kindShares(preview).map(({ kind, share }) => {
            const expected =
              kind === 'noise' ? expectation(preview.truth, 'noise_rate')?.value : undefined;
            return {
              name: kind,
              value: share,
              text: percent(share),
              className: kindClass(kind),
              expected,
              expectedText: expected === undefined ? '–' : percent(expected),
            };
          }),
          format: (value) => `${Math.round(value * 100)} %`,
        },
        size,
      ),
  },
  {
    title: 'Token frequency',
    subtitle: ({ report }) =>
      `${formatCount(report.vocab_usage)} ids in ${formatCount(report.num_tokens)} tokens`,
    applies: always,
    draw: ({ report }, size) => rankFrequency(Object.values(report.token_distribution), size),
  },
  {
    title: 'Most common 3-grams',
    subtitle: ({ report }) => `in ${formatCount(report.num_tokens)} tokens`,
    applies: ({ report }) => report.pattern_detection.length > 0,
    draw: ({ report: { pattern_detection } }, size) =>
      bars(
        {
          label: `The most common 3-grams: ${pattern_detection.map((g) => `${g.pattern.join(' ')} ${formatCount(g.count)} times`).join(', ')}`,
          axis: 'occurrences',
          columns: ['3-gram', 'occurrences'],
          bars: pattern_detection.map(({ pattern, count }) => ({
            name: pattern.join(' '),
            value: count,
            text: formatCount(count),
          })),
          format: (value) => (Number.isInteger(value) ? formatCount(value) : ''),
        },
        size,
      ),
  },
  {
    title: 'Lengths',
    subtitle: () => 'tokens per sequence',
    applies: ({ report }) => Object.keys(report.length_histogram).length > 1,
    draw: measureHistogram('length', 'avg_length', 'tokens'),
  },
];

const height = 196;

function dataTable({ table }: Chart): HTMLTableElement {
  return element(
    'table',
    {},
    element(
      'thead',
      {},
      element('tr', {}, ...table.columns.map((name) => element('th', { scope: 'col' }, name))),
    ),
    element(
      'tbody',
      {},
      ...table.rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))),
    ),
  );
}

class ChartView {
  readonly card: HTMLElement;
  readonly #source: ChartCard;
  readonly #subtitle = element('p', { class: 'card-subtitle' });
  readonly #figure = element('div', { class: 'chart-figure' });
  readonly #details = element('details', { class: 'chart-data' }, element('summary', {}, 'Data'));
  readonly #scroller = element('div', { class: 'chart-table', tabindex: 0, role: 'group' });
  #preview: Preview | undefined;
  #chart: Chart | undefined;

  constructor(source: ChartCard) {
    this.#source = source;
    this.#scroller.setAttribute('aria-label', `${source.title}, data`);
    this.#details.append(this.#scroller);
    this.#details.addEventListener('toggle', () => this.#fillTable());
    this.card = element(
      'section',
      { class: 'card chart-card', 'aria-label': source.title },
      element('h3', {}, source.title),
      this.#subtitle,
      this.#figure,
      this.#details,
    );
    new ResizeObserver(() => this.#draw()).observe(this.#figure);
  }

  show(preview: Preview): void {
    this.#preview = preview;
    this.card.hidden = !this.#source.applies(preview);
    this.#draw();
  }

  #draw(): void {
    const width = this.#figure.clientWidth;
    if (this.#preview === undefined || this.card.hidden || width === 0) return;
    this.#chart = this.#source.draw(this.#preview, { width, height });
    this.#subtitle.textContent = this.#source.subtitle(this.#preview);
    fill(this.#figure, toElement(this.#chart.drawing));
    this.#fillTable();
  }

  #fillTable(): void {
    if (this.#details.open && this.#chart) fill(this.#scroller, dataTable(this.#chart));
  }
}

export class ChartsPanel {
  readonly element: HTMLElement;
  readonly #views = cards.map((card) => new ChartView(card));

  constructor() {
    this.element = element('div', { class: 'charts' }, ...this.#views.map((view) => view.card));
  }

  show(preview: Preview): void {
    for (const view of this.#views) view.show(preview);
  }
}
