import { element } from '../../dom/element';
import type { Reading } from '../../model/reading';
import { chartCards, furtherCards } from './cards/cards';
import { ChartView } from './chart_view';

/** Runs a function when the browser is idle; it hears whether there is time for more. */
const whenIdle: (run: (hasTime: () => boolean) => void) => void =
  'requestIdleCallback' in globalThis
    ? (run) =>
        requestIdleCallback((idle) => run(() => idle.timeRemaining() > drawingMs), { timeout: 200 })
    : (run) => setTimeout(() => run(() => false), 0);

/** About how long a chart takes. */
const drawingMs = 4;

/** All charts of the data in view. Those on the screen are drawn at once, the rest when idle. */
export class ChartsPanel {
  readonly element: HTMLElement;
  readonly #views = chartCards.map((card) => new ChartView(card));
  #isScheduled = false;
  /** The measures whose curves have a chart. */
  readonly #drawn = new Set(chartCards.map(({ measure }) => measure));

  constructor() {
    this.element = element('div', { class: 'charts' }, ...this.#views.map((view) => view.card));
  }

  /** Shows a reading; `pinned` is another one, drawn into the charts for comparison. */
  show(reading: Reading, pinned?: Reading): void {
    this.#addFurther(reading);
    for (const view of this.#views) view.take(reading, pinned);
    const outdated = this.#views.filter((view) => view.isOutdated);
    const inSight = outdated.filter((view) => view.isInSight);
    for (const view of inSight) view.draw();
    if (inSight.length < outdated.length) this.#drawNextWhenIdle();
  }

  /** The charts that the core's descriptions ask for, most of which come with the first reading. */
  #addFurther({ measures }: Reading): void {
    const cards = furtherCards(measures).filter(({ measure }) => !this.#drawn.has(measure));
    if (cards.length === 0) return;
    for (const { measure } of cards) this.#drawn.add(measure);
    const further = cards.map((card) => new ChartView(card));
    this.#views.push(...further);
    this.element.append(...further.map((view) => view.card));
  }

  #drawNextWhenIdle(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    whenIdle((hasTime) => {
      this.#isScheduled = false;
      // Together, because the browser lays the page out after each turn.
      do {
        this.#views.find((view) => view.isOutdated)?.draw();
      } while (hasTime());
      if (this.#views.some((view) => view.isOutdated)) this.#drawNextWhenIdle();
    });
  }
}
