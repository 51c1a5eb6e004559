import { stripTop } from '../../charts/complexity';
import { element, fill } from '../../dom/element';
import type { Stage } from '../../model/curriculum';
import { formatPercent } from '../../model/format';
import type { ChartView } from '../charts/chart_view';
import { positionAfter } from '../form/slider_scale';

/** Ranks are moved in steps of a hundredth. */
const steps = 100;

export type Bound = 'min_complexity' | 'max_complexity';

const bounds: readonly [Bound, string][] = [
  ['min_complexity', 'from'],
  ['max_complexity', 'to'],
];

/** The ends of the stages as handles on the chart, which the mouse, a finger and the keyboard move. */
export class StageHandles {
  readonly element = element('div', { class: 'stage-handles' });
  readonly #view: ChartView;
  readonly #moved: (stage: number, bound: Bound, rank: number) => void;
  #stages: readonly Stage[] = [];

  /** `moved` hears of each step, with the rank kept between 0, 1 and the stage's other end. */
  constructor(view: ChartView, moved: (stage: number, bound: Bound, rank: number) => void) {
    this.#view = view;
    this.#moved = moved;
  }

  show(stages: readonly Stage[]): void {
    const isSame = this.element.childElementCount === 2 * stages.length;
    this.#stages = stages;
    if (!isSame) {
      fill(
        this.element,
        ...stages.flatMap((_, i) => bounds.map(([bound]) => this.#handle(i, bound))),
      );
    }
    this.place();
  }

  /** Puts the handles where the chart has the ends. */
  place(): void {
    const { figure } = this.#view;
    this.element.style.translate = `${figure.offsetLeft}px ${figure.offsetTop}px`;
    const [start, end] = this.#ends;
    [...this.element.children].forEach((child, at) => {
      const handle = child as HTMLElement;
      const i = Math.floor(at / 2);
      const stage = this.#stages[i];
      const [bound, words] = bounds[at % 2]!;
      if (!stage) return;
      const rank = Math.max(0, Math.min(1, Number(stage[bound]) || 0));
      const y = stripTop(i, this.#stages.length, true) + 8;
      handle.style.translate = `${start + rank * (end - start)}px ${y}px`;
      handle.setAttribute('aria-label', `${stage.name}, ${words}`);
      handle.setAttribute('aria-valuenow', String(Math.round(rank * steps)));
      handle.setAttribute('aria-valuetext', formatPercent(rank));
    });
  }

  /** Where ranks 0 and 1 are along the figure. */
  get #ends(): [number, number] {
    const at = this.#view.marks?.at;
    return [at?.[0]?.[0] ?? 0, at?.at(-1)?.[0] ?? 0];
  }

  #handle(i: number, bound: Bound): HTMLElement {
    const handle = element('div', {
      class: 'stage-handle',
      role: 'slider',
      tabindex: 0,
      'aria-valuemin': 0,
      'aria-valuemax': steps,
      on: {
        pointerdown: (event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          handle.focus();
          handle.setPointerCapture(event.pointerId);
        },
        pointermove: (event) => {
          if (!handle.hasPointerCapture(event.pointerId)) return;
          const { left } = this.#view.figure.getBoundingClientRect();
          const [start, end] = this.#ends;
          this.#move(
            i,
            bound,
            Math.round(((event.clientX - left - start) / (end - start)) * steps),
          );
        },
        keydown: (event) => {
          const now = Math.round(Number(this.#stages[i]?.[bound]) * steps);
          const target = positionAfter(event, now, steps);
          if (target === undefined) return;
          event.preventDefault();
          this.#move(i, bound, target);
        },
      },
    });
    return handle;
  }

  #move(i: number, bound: Bound, step: number): void {
    const stage = this.#stages[i];
    if (!stage) return;
    const low = bound === 'min_complexity' ? 0 : stage.min_complexity;
    const high = bound === 'max_complexity' ? 1 : stage.max_complexity;
    const rank = Math.max(low, Math.min(high, step / steps));
    if (rank !== stage[bound]) this.#moved(i, bound, rank);
  }
}
