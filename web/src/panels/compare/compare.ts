import '../../theme/comparison.css';

import type { Parameter } from 'synthgen';

import { Segmented } from '../../dom/controls';
import { element, fill, setText, type Child } from '../../dom/element';
import { isPinnable } from '../../model/custom_family';
import { areAligned, areSamePart } from '../../model/differences';
import {
  measureDifferences,
  overlapOf,
  parameterDifferences,
  type MeasureDifference,
  type Overlap,
  type ParameterDifference,
} from './differences';
import { formatCount, formatMeasure, formatPercent } from '../../model/format';
import type { Inspection, Pinned } from '../../model/inspection';
import { jsonText, numberText } from '../../model/value_text';
import { withSidesSwapped } from '../../state/file_sides';
import { changesShown, withView, type State, type Store } from '../../state/state';
import { inWords } from '../numbers/comparison_rows';

/** A parameter's value in a cell. */
function valueText(value: unknown): string {
  if (value === undefined) return '–';
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object'))
    return value.length === 0 ? 'none' : value.join(', ');
  return value === null ? 'none' : jsonText(value).replaceAll(/\s*\n\s*/g, ' ');
}

function measureText(side: MeasureDifference['a']): string {
  if (side?.measured === undefined) return '–';
  const expected = side.expected === undefined ? '' : ` (${formatMeasure(side.expected)})`;
  return formatMeasure(side.measured) + expected;
}

function head(title: string): HTMLTableSectionElement {
  return element(
    'thead',
    {},
    element('tr', {}, ...[title, 'A', 'B'].map((name) => element('th', { scope: 'col' }, name))),
  );
}

function row(name: Child[], a: string, b: string): HTMLTableRowElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, ...name),
    element('td', {}, a),
    element('td', {}, b),
  );
}

function parameterTable(differences: readonly ParameterDifference[]): HTMLTableElement {
  const rows = differences.map(({ label, a, b }) => row([label], valueText(a), valueText(b)));
  return element('table', {}, head('parameter'), element('tbody', {}, ...rows));
}

function measureTable(differences: readonly MeasureDifference[]): HTMLTableElement {
  const rows = differences.map(({ name, unit, a, b }) => {
    const words = inWords({ name, unit });
    return row(
      [words.name, words.unit && element('span', { class: 'unit' }, ` ${words.unit}`)],
      measureText(a),
      measureText(b),
    );
  });
  return element('table', {}, head('measured (expected)'), element('tbody', {}, ...rows));
}

/** How the change affected the tokens. */
function overlapText({ changed, total, noise }: Overlap): string {
  const share = formatPercent(changed / Math.max(1, total));
  const tokens = `${formatCount(changed)} of ${formatCount(total)} tokens of B (${share}) differ from A.`;
  if (noise.both + noise.onlyA + noise.onlyB === 0) return tokens;
  const counts = `${formatCount(noise.both)} positions are noisy in both, ${formatCount(noise.onlyA)} only in A, ${formatCount(noise.onlyB)} only in B.`;
  return `${tokens} ${counts}`;
}

/** How the tokens of the two differ, if they can be compared. */
function tokensText(a: Inspection, b: Inspection): string {
  // The same part of the other is on its way.
  if (!areSamePart(a.preview, b.preview)) return '';
  if (areAligned(a.preview, b.preview)) return overlapText(overlapOf(a, b));
  return `A and B cannot be compared token by token: their sequences have other lengths (${lengthsText(a)} and ${lengthsText(b)} tokens). Numbers and charts can.`;
}

/** `64`, or `40 to 80` where lengths vary. */
function lengthsText({ report: { min_length: least, max_length: most } }: Inspection): string {
  const [from, to] = [formatCount(least ?? 0), formatCount(most ?? 0)];
  return from === to ? from : `${from} to ${to}`;
}

/** Which side has no sequences in the view; undefined if both have some. */
function emptySide(a: Inspection, b: Inspection): string | undefined {
  const sides = Object.entries({ A: a, B: b });
  const empty = sides.find(([, { report }]) => report.num_sequences === 0);
  return empty && `${empty[0]} has no sequences here: its split ends before this view.`;
}

/** Why there is nothing to compare yet. */
function waitingText(pinned: Pinned | undefined): string {
  if (pinned?.failure) return `A could not be generated: ${pinned.failure.message}`;
  return pinned?.inspection ? 'B has no sequences yet.' : 'Generating the sequences of A…';
}

/** The settings that are pinned as A, and how the page's own, B, differ from them. */
export class ComparePanel {
  readonly element: HTMLElement;
  readonly #store: Store;
  readonly #parameters: readonly Parameter[];
  readonly #changes: Segmented<State['view']['changes']>;
  readonly #key = element(
    'p',
    { class: 'compare-key' },
    element('span', { class: 'pinned-swatch' }),
    'outlines in the charts show A',
  );
  readonly #marking: HTMLElement;
  readonly #swapButton = element(
    'button',
    { type: 'button', on: { click: () => this.#swap() } },
    'Swap A and B',
  );
  /** How the two differ, in a sentence: for a place that is always in sight. */
  readonly summary = element('p', { class: 'compare-summary', role: 'status', hidden: true });
  readonly #tables = element('div', { class: 'compare-tables' });

  constructor(store: Store, parameters: readonly Parameter[]) {
    this.#store = store;
    this.#parameters = parameters;
    this.#changes = new Segmented('Changed tokens', changesShown, (changes) =>
      store.set(withView(store.state, { changes }), 'commit'),
    );
    this.#marking = element(
      'div',
      { class: 'compare-marking' },
      element('span', { class: 'compare-label', 'aria-hidden': 'true' }, 'changed tokens'),
      this.#changes.element,
    );
    this.element = element(
      'section',
      { class: 'card compare', 'aria-labelledby': 'compare-title', hidden: true },
      element(
        'div',
        { class: 'compare-head' },
        element('h2', { id: 'compare-title' }, 'A (pinned) and B'),
        this.#key,
        this.#marking,
        this.#swapButton,
        element('button', { type: 'button', on: { click: () => this.#unpin() } }, 'Unpin A'),
      ),
      this.#tables,
    );
  }

  showState({ view, config, file }: State): void {
    this.#changes.show(view.changes);
    this.#swapButton.disabled = !file && !isPinnable(config);
  }

  /** Shows how the two differ; nothing while nothing is pinned. */
  show(pinned: Pinned | undefined, current: Inspection | undefined): void {
    this.element.hidden = pinned === undefined;
    this.summary.hidden = pinned === undefined;
    const a = pinned?.inspection;
    for (const part of [this.#key, this.#marking]) part.hidden = !a || !current;
    if (!a || !current) {
      fill(this.#tables);
      setText(this.summary, waitingText(pinned));
      return;
    }
    const files = [a.preview.file, current.preview.file];
    const hasFile = files.some((file) => file !== undefined);
    // How a file was made is unknown.
    const parameters = hasFile
      ? []
      : parameterDifferences(a.preview.config, current.preview.config, this.#parameters);
    const measures = measureDifferences(a.comparisons, current.comparisons);
    this.#marking.hidden = !areAligned(a.preview, current.preview);
    setText(
      this.summary,
      parameters.length === 0 && files[0] === files[1]
        ? 'A and B are the same: change a parameter to see what it does.'
        : (emptySide(a, current) ?? tokensText(a, current)),
    );
    fill(
      this.#tables,
      parameters.length > 0 && parameterTable(parameters),
      measures.length > 0 && measureTable(measures),
    );
  }

  #swap(): void {
    this.#store.set(withSidesSwapped(this.#store.state), 'commit');
  }

  #unpin(): void {
    const { pinned: _unpinned, pinnedFile: _file, ...rest } = this.#store.state;
    this.#store.set(rest, 'commit');
  }
}
