import type { Problem } from 'synthgen';

import { element, fill } from '../dom/element';
import { problemText } from './form/field';

export interface ProblemReport {
  /** Problems of keys that have no field here. */
  problems: readonly Problem[];
  /** Fields that say themselves what is wrong with them. */
  wrongFields: readonly { key: string; label: string }[];
  /** Why there is no preview, where it is no single field's fault. */
  refusal: string | undefined;
  /** What is worth knowing although nothing is wrong. */
  notices: readonly string[];
  /** Whether the data on the page belongs to earlier settings. */
  isStale: boolean;
}

/** What is wrong, or worth knowing, and has no field to stand beside. */
export class ProblemsPanel {
  readonly element = element('div', { class: 'problems', role: 'status' });
  readonly #remove: (key: string) => void;
  readonly #goTo: (key: string) => void;
  #shown = '';

  /** `remove` takes a key out of the config, `goTo` leads to its field. */
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
          isStale &&
            element('p', {}, 'The data below is that of the last settings that could be shown.'),
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
    const remove = () => this.#remove(problem.key);
    return element(
      'li',
      {},
      element('span', {}, `${problem.key}: ${problemText(problem)}`),
      problem.key &&
        element(
          'button',
          { type: 'button', class: 'quiet-button', on: { click: remove } },
          `Remove ${problem.key}`,
        ),
    );
  }
}
