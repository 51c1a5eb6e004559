import { element, type Child } from '../src/dom/element';
import { withUnit } from '../src/model/format';
import { curveCard } from '../src/panels/charts/cards/distance_cards';
import { ChartView } from '../src/panels/charts/chart_view';
import { curvesOf, kindRows, meanRows, type Evaluation, type Row } from './evaluation';

function table(columns: string[], rows: Row[]): HTMLTableElement {
  const column = (name: string) =>
    name === '' ? element('td') : element('th', { scope: 'col' }, name);
  const head = element('tr', {}, ...columns.map(column));
  const body = rows.map(({ head: name, cells }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      ...cells.map((cell) => element('td', {}, cell)),
    ),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}

function numbersCard(title: string, ...tables: Child[]): HTMLElement {
  return element(
    'section',
    { class: 'card numbers', 'aria-label': title },
    element('h2', {}, title),
    ...tables.map((each) => element('div', { class: 'numbers-table' }, each)),
  );
}

function charts(evaluation: Evaluation): HTMLElement {
  const reading = curvesOf(evaluation);
  const views = reading.measures.map((measure) => new ChartView(curveCard(measure)));
  for (const view of views) view.take(reading, undefined);
  return element('div', { class: 'charts' }, ...views.map(({ card }) => card));
}

/** A model against the floor: means, tokens by kind, and charts over positions. */
export function evaluationPage(evaluation: Evaluation): HTMLElement[] {
  const { target, targets, sequences, split, files, model, unit } = evaluation;
  const below =
    evaluation.below_floor &&
    element(
      'p',
      { class: 'validation failed' },
      element('span', { class: 'verdict differs', 'aria-hidden': 'true' }, '▲'),
      ' The loss is below the floor by more than chance.',
    );
  return [
    element(
      'header',
      { class: 'report-head' },
      element('h1', {}, 'A model against the floor'),
      element(
        'p',
        {},
        `${withUnit(targets, target)} in ${withUnit(sequences, 'sequences')} of ${split}`,
      ),
      element('p', { class: 'report-files' }, `${model}: ${files.join(', ')}`),
      below,
    ),
    element(
      'main',
      { class: 'report-body' },
      charts(evaluation),
      numbersCard(
        'Means',
        table(['', 'mean', '95 % interval'], meanRows(evaluation)),
        table(
          [`${unit} by kind`, 'loss', 'floor', 'excess', '95 % interval'],
          kindRows(evaluation),
        ),
      ),
    ),
  ];
}
