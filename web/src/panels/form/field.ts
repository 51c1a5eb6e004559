import type { Expectation, Parameter, Problem } from 'synthgen';

import { element, fill, uniqueId, type Child } from '../../dom/element';
import { formulaNodes } from '../../dom/formula';
import { iconButton } from '../../dom/icon_button';
import { formatMeasure } from '../../model/format';
import type { Change } from '../../state/state';
import { inWords } from '../numbers/comparison_rows';

/** Another view of a control's value, which comes later. */
export interface Blocks {
  element: HTMLElement;
  show: (value: unknown) => void;
  /** Shows each problem at the part that it is in. */
  mark: (problems: readonly Problem[]) => void;
  /** Whether it took the focus. */
  focus: () => boolean;
}

/** Makes the blocks of a parameter, if it has any, next to the text area with its JSON. */
export type BlocksMaker = (
  parameter: Parameter,
  area: HTMLTextAreaElement,
  change: (value: unknown, kind: Change) => void,
) => Blocks | undefined;

/** The editable part of a field. */
export interface Control {
  nodes: Child[];
  /** The element that a label, an error and the help belong to. */
  main: HTMLElement;
  /** What belongs on the field's first line, after the label; the rest goes below. */
  inHead?: HTMLElement;
  show: (value: unknown) => void;
  /** Gives it blocks; returns them if it has any. */
  extend?: (make: BlocksMaker) => Blocks | undefined;
}

/** Makes a control that calls `change` with every new value. */
export type ControlMaker = (
  parameter: Parameter,
  ids: { main: string; label: string },
  change: (value: unknown, kind: Change) => void,
) => Control;

/** The core's words for a problem of one field, without the key, which the field shows. */
export function problemText({ value, allowed }: Problem): string {
  if (value === '') return allowed;
  return allowed === '' ? `got ${value}` : `got ${value}; allowed: ${allowed}`;
}

/** The parameter that a problem is in: `templates` of `templates[0][1]`. */
export function parameterOf({ key }: Problem): string {
  return /^\w*/.exec(key)?.[0] ?? '';
}

/** One parameter: label, key, unit, control, reset, help on demand, and its problems. */
export class Field {
  readonly element: HTMLElement;
  readonly key: string;
  readonly label: string;
  readonly #control: Control;
  readonly #error: HTMLElement;
  readonly #reset: HTMLButtonElement;
  readonly #help = element('div', { class: 'field-help', id: uniqueId('help'), hidden: true });
  readonly #expected = element('ul', { class: 'field-expected' });
  #blocks: Blocks | undefined;
  #problems: readonly Problem[] = [];
  #expectations: readonly Expectation[] = [];
  readonly #changed = element(
    'span',
    { class: 'visually-hidden', id: uniqueId('changed') },
    'changed',
  );

  /**
   * `isFirst` says whether it is the first of its group, where Tab finds the help; `site` is where the
   * reference is, if anywhere.
   */
  constructor(
    parameter: Parameter,
    makeControl: ControlMaker,
    change: (value: unknown, kind: Change) => void,
    isFirst: boolean,
    site: string | null = './',
  ) {
    this.key = parameter.key;
    this.label = parameter.label;
    const ids = { main: uniqueId(parameter.key), label: uniqueId('label') };
    const help = this.#help;
    fill(
      help,
      element('p', {}, parameter.help),
      element('p', {}, `Allowed: ${parameter.allowed}.`),
      this.#expected,
      site !== null &&
        element(
          'p',
          {},
          element(
            'a',
            {
              href: `${site}reference.html#${parameter.key}`,
              'aria-label': `${parameter.label} in the reference`,
            },
            'In the reference',
          ),
        ),
    );
    const toggleHelp = () => {
      help.hidden = !help.hidden;
      this.#fillExpected();
      helpButton.setAttribute('aria-expanded', String(!help.hidden));
    };
    const helpButton = iconButton(`About ${parameter.label}`, '?', toggleHelp, {
      // The arrow keys lead to the others of the group.
      tabindex: isFirst ? 0 : -1,
      'aria-expanded': 'false',
      'aria-controls': help.id,
    });
    const reset = () => {
      change(parameter.default, 'commit');
      this.#control.main.focus();
    };
    const title = 'Back to the default';
    this.#reset = iconButton(`Reset ${parameter.label}`, '↺', reset, { class: 'reset', title });
    this.#error = element('p', { class: 'field-error', id: uniqueId('error'), hidden: true });
    this.#control = makeControl(parameter, ids, change);
    const isLabelable = this.#control.main.matches('input, select, textarea');
    const name = element(
      isLabelable ? 'label' : 'span',
      { id: ids.label, class: 'field-label', ...(isLabelable ? { for: ids.main } : {}) },
      parameter.label,
    );
    this.element = element(
      'div',
      { class: 'field' },
      element('div', { class: 'field-head' }, name, this.#reset, helpButton, this.#control.inHead),
      element(
        'div',
        { class: 'field-key' },
        element('code', {}, parameter.key),
        parameter.unit && ` · ${parameter.unit}`,
      ),
      ...this.#control.nodes,
      this.#changed,
      this.#error,
      help,
    );
  }

  /** Shows in the help what depends on the parameter: each formula with its current value. */
  showExpected(expectations: readonly Expectation[]): void {
    this.#expectations = expectations;
    if (!this.#help.hidden) this.#fillExpected();
  }

  #fillExpected(): void {
    fill(
      this.#expected,
      ...this.#expectations.map((expectation) => {
        const { name, unit } = inWords(expectation);
        const value = [formatMeasure(expectation.value), unit].filter(Boolean).join(' ');
        return element(
          'li',
          {},
          `Expected ${name}: ${value}`,
          expectation.formula !== '' &&
            element('span', {}, ' = ', ...formulaNodes(expectation.formula)),
        );
      }),
    );
  }

  /** Lets the value be edited as blocks as well, if it has any. */
  extend(make: BlocksMaker): void {
    this.#blocks = this.#control.extend?.(make);
    this.#blocks?.mark(this.#problems);
  }

  focus(): void {
    if (!this.#blocks?.focus()) this.#control.main.focus();
  }

  show(value: unknown, changed: boolean, problems: readonly Problem[]): void {
    this.#control.show(value);
    this.#problems = problems;
    this.#blocks?.mark(problems);
    this.element.classList.toggle('changed', changed);
    this.#reset.hidden = !changed;
    const text = problems
      .map((problem) => {
        const inside = problem.key.slice(this.key.length);
        return (inside === '' ? '' : `${problem.key}: `) + problemText(problem);
      })
      .join('\n');
    this.#error.hidden = text === '';
    this.#error.textContent = text;
    const about = [...(changed ? [this.#changed.id] : []), ...(text ? [this.#error.id] : [])];
    this.#control.main.setAttribute('aria-describedby', about.join(' '));
    this.element.classList.toggle('wrong', text !== '');
    if (text === '') this.#control.main.removeAttribute('aria-invalid');
    else this.#control.main.setAttribute('aria-invalid', 'true');
  }
}
