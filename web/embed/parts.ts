import type { Problem } from 'synthgen';

import { element } from '../src/dom/element';
import type { Inspection, Pinned } from '../src/model/inspection';
import type { Description } from '../src/model/preview';
import type { Reading } from '../src/model/reading';
import type { ChartsPanel } from '../src/panels/charts/charts';
import type { ChartCard } from '../src/panels/charts/cards/card';
import type { ComparePanel } from '../src/panels/compare/compare';
import { SequencesView } from '../src/panels/data/sequences';
import { NumbersPanel } from '../src/panels/numbers/numbers';
import type { ShownProblems } from '../src/panels/form/form';
import { withView, type State, type Store } from '../src/state/state';
import type { Controls } from './controls';
import type { Settings } from './settings';

/** The name of a chart in `chart:<name>`: that of its measure, or its title. */
function isNamed(card: ChartCard, names: readonly string[]): boolean {
  const title = card.title.toLowerCase().replaceAll(/\W+/g, '_');
  return names.includes(title) || (card.measure !== undefined && names.includes(card.measure));
}

/** Several views on a page have the same parts: as landmarks these would be in the way. */
function asGroups({ children }: HTMLElement): void {
  for (const part of children) if (part.matches('section')) part.role = 'group';
}

interface Panels {
  charts: ChartsPanel | undefined;
  compare: ComparePanel | undefined;
  controls: Controls | undefined;
}

/** The playground's panels that a view shows. */
export class ViewParts {
  readonly element = element('div', { class: 'view-parts' });
  readonly sequences: SequencesView | undefined;
  readonly #numbers: NumbersPanel | undefined;
  readonly #charts: ChartsPanel | undefined;
  readonly #compare: ComparePanel | undefined;
  readonly #controls: Controls | undefined;

  /** Loads what a view shows beside sequences and numbers. */
  static async load(
    { parts, charts, controls }: Settings,
    store: Store,
    { parameters }: Description,
    site: string | null,
  ): Promise<ViewParts> {
    const hasAllCharts = parts.has('charts');
    const loadCharts = async () => {
      const { ChartsPanel: Panel } = await import('./charts');
      return new Panel(
        (selection) => void made?.sequences?.select(selection),
        undefined,
        (card) => hasAllCharts || isNamed(card, charts),
      );
    };
    const loadCompare = async () => {
      const { ComparePanel: Panel } = await import('../src/panels/compare/compare');
      return new Panel(store, parameters);
    };
    const loadControls = async () => {
      const { Controls: All } = await import('./controls');
      return new All(store, parameters, controls, site);
    };
    const [shownCharts, compare, fields] = await Promise.all([
      hasAllCharts || charts.length > 0 ? loadCharts() : undefined,
      parts.has('compare') ? loadCompare() : undefined,
      controls.length > 0 ? loadControls() : undefined,
    ]);
    const made = new ViewParts(parts, store, { charts: shownCharts, compare, controls: fields });
    return made;
  }

  private constructor(parts: ReadonlySet<string>, store: Store, panels: Panels) {
    this.#charts = panels.charts;
    this.#compare = panels.compare;
    this.#controls = panels.controls;
    this.#numbers = parts.has('numbers') ? new NumbersPanel() : undefined;
    if (parts.has('raster') || parts.has('text')) {
      const set = (view: Partial<State['view']>) => store.set(withView(store.state, view), 'move');
      this.sequences = new SequencesView(store.state.view, {
        visit: (preview, row) => this.#charts?.markRow(preview, row),
        moved: set,
        waysBack: { toFirst: () => set({ from: 0 }) },
      });
      const { about, body, foot } = this.sequences;
      const card = element('section', { class: 'card data', 'aria-label': 'Sequences' });
      card.append(about, body, foot);
      this.element.append(card);
    }
    for (const part of [this.#numbers, this.#compare, this.#charts])
      if (part) this.element.append(part.element);
    asGroups(this.element);
    if (this.#compare) {
      if (this.sequences) this.sequences.summarize(this.#compare.summary);
      else this.#compare.element.prepend(this.#compare.summary);
    }
  }

  /** The fields of the parameters that the reader may change. */
  get controls(): HTMLElement[] {
    return this.#controls ? [this.#controls.element] : [];
  }

  /** Whether anything shows the slow measures. */
  get needsDetails(): boolean {
    return this.#numbers !== undefined || this.#charts !== undefined;
  }

  showState(state: State): void {
    this.sequences?.showView(state.view);
    this.#compare?.showState(state);
  }

  show(inspection: Inspection, pinned: Pinned | undefined): void {
    this.sequences?.show(inspection, pinned?.inspection);
    this.#compare?.show(pinned, inspection);
  }

  showReading(reading: Reading, pinned: Reading | undefined): void {
    this.#numbers?.show(reading);
    this.#charts?.show(reading, pinned);
    if (!this.#charts) return;
    asGroups(this.#charts.element);
    if (this.#charts.element.childElementCount === 0)
      this.#charts.element.append('There is no chart of that name.');
  }

  /** Shows problems at the fields of their parameters; returns where each problem shows. */
  showProblems(state: State, problems: readonly Problem[]): ShownProblems {
    return this.#controls?.show(state, problems) ?? { wrongFields: [], problems };
  }

  /** Moves the focus to a parameter's field. */
  focus(key: string): void {
    this.#controls?.focus(key);
  }
}
