import { element, fill } from '../src/dom/element';
import { formatCount, withUnit } from '../src/model/format';
import { ChartsPanel } from '../src/panels/charts/charts';
import { NumbersPanel } from '../src/panels/numbers/numbers';
import type { Evaluation } from './evaluation';
import { evaluationPage } from './evaluation_page';
import { readingOf, type ReportData } from './reading';

/** What `synthgen eval` writes into the page. */
interface EvaluationData {
  version: string;
  evaluation: Evaluation;
}

function foot(version: string): HTMLElement {
  return element('footer', { class: 'report-foot' }, `Made by synthgen ${version}.`);
}

/** The whole report: what was measured, in numbers and charts. */
function show(root: Element, data: ReportData): void {
  const reading = readingOf(data);
  const numbers = new NumbersPanel();
  const charts = new ChartsPanel();
  const { num_sequences, num_tokens } = data.report;
  fill(
    root,
    element(
      'header',
      { class: 'report-head' },
      element('h1', {}, 'Measures of a dataset'),
      element(
        'p',
        {},
        `${withUnit(num_sequences, 'sequences')}, ${formatCount(num_tokens)} tokens in ${withUnit(data.files.length, 'files')}`,
      ),
      element('p', { class: 'report-files' }, data.files.join(', ')),
    ),
    element('main', { class: 'report-body' }, charts.element, numbers.element),
    foot(data.version),
  );
  numbers.show(reading);
  charts.show(reading);
}

const root = document.getElementById('report');
const text = document.getElementById('data')?.textContent ?? '';
const data = JSON.parse(text) as ReportData | EvaluationData | string;
if (root && typeof data === 'object') {
  if ('evaluation' in data) fill(root, ...evaluationPage(data.evaluation), foot(data.version));
  else show(root, data);
} else root?.append('This is the template of a report, without data.');
