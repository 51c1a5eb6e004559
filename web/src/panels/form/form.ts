import type { Family, Parameter, Problem } from 'synthgen';

import { element, fill } from '../../dom';
import {
  familyOf,
  isChanged,
  valueOf,
  withDefaults,
  withValue,
  type State,
} from '../../state/state';
import type { Store } from '../../state/store';
import { controlFor } from './controls';
import { Field } from './field';

/** The parameters of the chosen family, in the table's groups. */
export class FormPanel {
  readonly element: HTMLElement;
  readonly #store: Store;
  readonly #parameters: readonly Parameter[];
  readonly #families: readonly Family[];
  readonly #about = element('div', { class: 'family-about' });
  readonly #groups = element('div', { class: 'groups' });
  readonly #resetAll: HTMLButtonElement;
  #fields: Field[] = [];
  #family: string | undefined;

  constructor(store: Store, parameters: readonly Parameter[], families: readonly Family[]) {
    this.#store = store;
    this.#parameters = parameters;
    this.#families = families;
    this.#resetAll = element(
      'button',
      {
        type: 'button',
        class: 'quiet-button',
        on: { click: () => store.set(withDefaults(store.state), 'commit') },
      },
      'Reset all',
    );
    this.element = element(
      'form',
      {
        class: 'form',
        'aria-label': 'Parameters',
        autocomplete: 'off',
        on: { submit: (event) => event.preventDefault() },
      },
      element('div', { class: 'form-head' }, this.#about, this.#resetAll),
      this.#groups,
    );
  }

  /** Shows the state's values, each problem beside its field; returns the problems left over. */
  show(state: State, problems: readonly Problem[]): Problem[] {
    const family = familyOf(state);
    if (family !== this.#family) this.#build(family);
    const own = new Map(this.#parameters.map((p) => [p.key, p]));
    for (const field of this.#fields) {
      const parameter = own.get(field.key);
      if (parameter === undefined) continue;
      field.show(
        valueOf(state, parameter),
        isChanged(state, parameter),
        problems.filter(({ key }) => key === field.key),
      );
    }
    this.#resetAll.hidden = Object.keys(state.config).length <= 1;
    const shown = new Set(this.#fields.map((field) => field.key));
    return problems.filter(({ key }) => !shown.has(key));
  }

  #build(family: string): void {
    this.#family = family;
    const about = this.#families.find(({ name }) => name === family);
    fill(
      this.#about,
      about && element('p', {}, about.summary),
      about && element('p', { class: 'family-example' }, about.example),
    );
    const used = this.#parameters.filter(
      (p) => p.families.includes(family) && p.key !== 'generator',
    );
    const groups = Map.groupBy(used, (p) => p.group);
    this.#fields = [];
    fill(
      this.#groups,
      ...[...groups].map(([group, parameters]) => {
        const fields = parameters.map((parameter) => this.#field(parameter));
        this.#fields.push(...fields);
        return element(
          'fieldset',
          {},
          element('legend', {}, group),
          ...fields.map((field) => field.element),
        );
      }),
    );
  }

  #field(parameter: Parameter): Field {
    return new Field(parameter, controlFor(parameter), (value, kind) => {
      this.#store.set(withValue(this.#store.state, parameter, value), kind);
    });
  }
}
