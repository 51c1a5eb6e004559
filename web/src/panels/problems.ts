import type { Problem } from 'synthgen';

import { element, fill } from '../dom/element';
import { parameterOf, problemText } from './form/field';

export interface ProblemReport {
  /** Problems of keys that have no field here. */
  problems: readonly Problem[];
  /** Fields that show their own problems. */
  wrongFields: readonly { key: string; label: string }[];
  /** Why there is no preview, if no single field is at fault. */
  refusal: string | undefined;
  /** What the visitor should know although nothing is wrong. */
  notices: readonly string[];
  /** Whether the data on the page is from earlier settings. */
  isStale: boolean;
}

/** Problems and notices that belong to no single field. */
export class ProblemsPanel {
  readonly element = element('div', { class: 'problems', role: 'status' });
  readonly #remove: (key: string) => void;
  readonly #goTo: (key: string) => void;
  #shown = '';

  /** `remove` takes a key out of the config, `goTo` moves to its field. */
  constructor(remove: (key: string) => void, goTo: (key: string) => void) {
    this.#remove = remove;
    this.#goTo = goTo;
  }

  show(report: ProblemReport): void {
    const text = JSON.stringify(report);
    if (text === this.#shown) return;
    this.#shown = text;
    const { problems, wrongFields, refusal, notices, isStale } = report;
    const isWrong = isStale || refusal !== undefined || problems.length + wrongFields.length > 0;
    fill(
      this.element,
      isWrong &&
        element(
          'div',
          { class: 'notice wrong' },
          refusal && element('p', {}, refusal),
          wrongFields.length > 0 && this.#fieldsLine(wrongFields),
          problems.length > 0 &&
            element('ul', {}, ...problems.map((problem) => this.#line(problem))),
          isStale && element('p', {}, 'The data below is from the last settings that worked.'),
        ),
      notices.length > 0 &&
        element('div', { class: 'notice' }, ...notices.map((notice) => element('p', {}, notice))),
    );
  }

  #fieldsLine(fields: readonly { key: string; label: string }[]): HTMLElement {
    const links = fields.map(({ key, label }) =>
      element(
        'button',
        { type: 'button', class: 'quiet-button', on: { click: () => this.#goTo(key) } },
        label,
      ),
    );
    return element('p', {}, 'Not allowed: ', ...links);
  }

  #line(problem: Problem): HTMLElement {
    const parameter = parameterOf(problem);
    const remove = () => this.#remove(parameter);
    return element(
      'li',
      {},
      element('span', {}, `${problem.key}: ${problemText(problem)}`),
      parameter !== '' &&
        element(
          'button',
          { type: 'button', class: 'quiet-button', on: { click: remove } },
          `Remove ${parameter}`,
        ),
    );
  }
}
