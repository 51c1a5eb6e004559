import { element } from '../../dom/element';
import type { Preview } from '../../model/preview';
import type { Reading } from '../../model/reading';
import type { Selection } from '../../model/selection';
import type { ChartCard } from './cards/card';
import { chartCards, furtherCards } from './cards/cards';
import { ChartView } from './chart_view';

/** All charts of the data in view. Those out of sight are drawn with the slow measures, after a pause. */
export class ChartsPanel {
  readonly element: HTMLElement;
  readonly #select: ((selection: Selection) => void) | undefined;
  readonly #isWanted: (card: ChartCard) => boolean;
  readonly #views: ChartView[];
  /** The measures whose curves have a chart. */
  readonly #drawn = new Set(chartCards.map(({ measure }) => measure));

  /**
   * `select` shows in the data what is behind a part of a chart, `editStages` edits a curriculum on it;
   * `isWanted` chooses charts.
   */
  constructor(
    select?: (selection: Selection) => void,
    editStages?: (view: ChartView) => void,
    isWanted: (card: ChartCard) => boolean = () => true,
  ) {
    this.#select = select;
    this.#isWanted = isWanted;
    this.#views = chartCards.filter(isWanted).map((card) => new ChartView(card, select));
    this.element = element('div', { class: 'charts' }, ...this.#views.map((view) => view.card));
    const staged = this.#views.find((view) => view.hasStages);
    if (!editStages || !staged) return;
    const click = () => editStages(staged);
    const button = { type: 'button', class: 'stages-button', on: { click } };
    staged.card.append(element('button', button, 'Edit the stages'));
  }

  /** Shows a reading; `pinned` is another one, drawn into the charts for comparison. */
  show(reading: Reading, pinned?: Reading): void {
    this.#addFurther(reading);
    for (const view of this.#views) view.take(reading, pinned);
    // All in one turn, because the browser lays the page out after each.
    for (const view of this.#views)
      if (view.isOutdated && (view.isInSight || reading.isComplete)) view.draw();
  }

  /** Marks where a sequence is in each distribution; none without one. */
  markRow(preview: Preview, row: number | undefined): void {
    for (const view of this.#views) void view.markRow(preview, row);
  }

  /** The charts that the core's descriptions ask for, most of which come with the first reading. */
  #addFurther({ measures }: Reading): void {
    const cards = furtherCards(measures).filter(({ measure }) => !this.#drawn.has(measure));
    if (cards.length === 0) return;
    for (const { measure } of cards) this.#drawn.add(measure);
    const further = cards.filter(this.#isWanted).map((card) => new ChartView(card, this.#select));
    this.#views.push(...further);
    this.element.append(...further.map((view) => view.card));
  }
}
