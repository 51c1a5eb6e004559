import '../src/theme/form.css';

import type { Parameter, Problem } from 'synthgen';

import { element } from '../src/dom/element';
import { controlFor } from '../src/panels/form/controls';
import { Field, parameterOf } from '../src/panels/form/field';
import type { ShownProblems } from '../src/panels/form/form';
import {
  isChanged,
  valueOf,
  withValue,
  type Change,
  type State,
  type Store,
} from '../src/state/state';

/** Fields of a few parameters, in the order in which they were named. */
export class Controls {
  readonly element: HTMLElement;
  readonly #fields: readonly { parameter: Parameter; field: Field }[];

  /** `site` is where the reference is, if anywhere. */
  constructor(
    store: Store,
    parameters: readonly Parameter[],
    keys: readonly string[],
    site: string | null,
  ) {
    const named = keys.flatMap((key) => parameters.find((entry) => entry.key === key) ?? []);
    this.#fields = named.map((parameter) => {
      const change = (value: unknown, kind: Change) =>
        store.set(withValue(store.state, parameter, value), kind);
      return { parameter, field: new Field(parameter, controlFor(parameter), change, true, site) };
    });
    this.element = element(
      'div',
      { class: 'view-controls card', role: 'group', 'aria-label': 'Parameters' },
      ...this.#fields.map(({ field }) => field.element),
    );
  }

  /** Shows the state's values, and problems at their fields; returns where each problem shows. */
  show(state: State, problems: readonly Problem[]): ShownProblems {
    for (const { parameter, field } of this.#fields)
      field.show(
        valueOf(state, parameter),
        isChanged(state, parameter),
        problems.filter((problem) => parameterOf(problem) === field.key),
      );
    const fields = this.#fields.map(({ field }) => field);
    const wrong = new Set(problems.map(parameterOf));
    const wrongFields = fields.filter(({ key }) => wrong.has(key));
    const shown = new Set(wrongFields.map(({ key }) => key));
    return {
      wrongFields,
      problems: problems.filter((problem) => !shown.has(parameterOf(problem))),
    };
  }

  focus(key: string): void {
    this.#fields.find(({ field }) => field.key === key)?.field.focus();
  }
}
