import type { Problem } from 'synthgen';

import { element, fill } from '../../dom';
import { problemText } from '../form/field';

export interface ProblemReport {
  /** What has no field of its own, with keys. */
  problems: readonly Problem[];
  /** Whole messages: the core's without fields, and what of a link was left out. */
  messages: readonly string[];
  /** Whether anything is wrong, here or beside a field. */
  anyProblem: boolean;
}

/** What is wrong and has no field to stand beside. */
export class ProblemsPanel {
  readonly element = element('section', {
    class: 'problems',
    role: 'alert',
    'aria-label': 'Problems',
    hidden: true,
  });
  readonly #remove: (key: string) => void;

  constructor(remove: (key: string) => void) {
    this.#remove = remove;
  }

  show({ problems, messages, anyProblem }: ProblemReport): void {
    this.element.hidden = problems.length === 0 && messages.length === 0 && !anyProblem;
    const stale = anyProblem
      ? 'These settings are not allowed; the data below is of the last ones that were.'
      : '';
    fill(
      this.element,
      stale && element('p', {}, stale),
      ...messages.map((message) => element('p', {}, message)),
      problems.length > 0 &&
        element(
          'ul',
          {},
          ...problems.map((problem) =>
            element(
              'li',
              {},
              element('span', {}, `${problem.key}: ${problemText(problem)}`),
              problem.key &&
                element(
                  'button',
                  {
                    type: 'button',
                    class: 'quiet-button',
                    on: { click: () => this.#remove(problem.key) },
                  },
                  `Remove ${problem.key}`,
                ),
            ),
          ),
        ),
    );
  }
}
