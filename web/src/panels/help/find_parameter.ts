import type { Parameter } from 'synthgen';

import { dialogOf } from '../../dom/dialog';
import { element, fill, setText, uniqueId } from '../../dom/element';

/** The parameters whose label, key or help has all words of the text; those named so come first. */
export function parametersFor(text: string, parameters: readonly Parameter[]): Parameter[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const hasAll = (where: string) => words.every((word) => where.toLowerCase().includes(word));
  const isNamed = ({ label, key }: Parameter) => hasAll(`${label} ${key}`);
  const found = parameters.filter((parameter) =>
    hasAll(`${parameter.label} ${parameter.key} ${parameter.group} ${parameter.help}`),
  );
  return [...found.filter(isNamed), ...found.filter((parameter) => !isNamed(parameter))];
}

/** Finds a parameter of the family by what is typed, and goes to its field. */
export class FindParameter {
  readonly element: HTMLDialogElement;
  readonly #goTo: (key: string) => void;
  readonly #list = element('ul', {
    id: uniqueId('found'),
    class: 'found-parameters',
    role: 'listbox',
    'aria-label': 'Parameters found',
  });
  readonly #count = element('p', { class: 'visually-hidden', role: 'status' });
  readonly #input = element('input', {
    type: 'text',
    class: 'list-input',
    role: 'combobox',
    'aria-label': 'Name or purpose',
    'aria-autocomplete': 'list',
    'aria-expanded': 'true',
    'aria-controls': this.#list.id,
    placeholder: 'name or purpose',
    autocomplete: 'off',
    spellcheck: 'false',
    on: { input: () => this.#show(), keydown: (event) => this.#key(event) },
  });
  #parameters: readonly Parameter[] = [];
  #found: readonly Parameter[] = [];
  #active = 0;

  constructor(goTo: (key: string) => void) {
    this.#goTo = goTo;
    this.element = dialogOf(
      'Find a parameter',
      'find-dialog',
      this.#input,
      this.#list,
      this.#count,
    );
  }

  /** Opens with the parameters to choose from. */
  open(parameters: readonly Parameter[]): void {
    this.#parameters = parameters;
    this.#input.value = '';
    this.#show();
    this.element.showModal();
    this.#input.focus();
  }

  #show(): void {
    this.#found = parametersFor(this.#input.value, this.#parameters);
    this.#active = 0;
    fill(
      this.#list,
      ...this.#found.map(({ key, label, help }) =>
        element(
          'li',
          {
            id: `${this.#list.id}-${key}`,
            role: 'option',
            'aria-selected': 'false',
            on: { click: () => this.#choose(key) },
          },
          element('span', {}, label),
          ' ',
          element('code', {}, key),
          element('small', {}, help),
        ),
      ),
    );
    setText(this.#count, `${this.#found.length} found`);
    this.#mark();
  }

  #mark(): void {
    [...this.#list.children].forEach((option, i) =>
      option.setAttribute('aria-selected', String(i === this.#active)),
    );
    const active = this.#list.children[this.#active];
    this.#input.setAttribute('aria-activedescendant', active?.id ?? '');
    active?.scrollIntoView({ block: 'nearest' });
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.#found[this.#active];
    if (step !== undefined) {
      this.#active = Math.min(this.#found.length - 1, Math.max(0, this.#active + step));
      this.#mark();
    } else if (event.key === 'Enter' && chosen) this.#choose(chosen.key);
    else return;
    event.preventDefault();
  }

  #choose(key: string): void {
    this.element.close();
    this.#goTo(key);
  }
}
