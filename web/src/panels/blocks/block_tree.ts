import type { Parameter } from 'synthgen';

import { element, fill, uniqueId, type Child } from '../../dom/element';
import { iconButton } from '../../dom/icon_button';
import { jsonText, numberText, parseJson, parseNumber } from '../../model/value_text';
import type { Change } from '../../state/state';
import { configRows } from './config_rows';
import { moved, pathText, type Path } from './paths';
import { exampleOf, hasShape, resolved, type Definitions, type Schema } from './schema';

/**
 * Changes a part of the value. With a kind, as of what is typed, the blocks stay as they are; else they
 * are built again, and the focus goes to `focus`.
 */
export type SetPart = (
  path: Path,
  make: (part: unknown) => unknown,
  kind?: Change,
  focus?: Path,
) => void;

export interface TreeSource {
  /** The parameter's key. */
  root: string;
  schema: Schema;
  definitions: Definitions;
  parameters: readonly Parameter[];
  value: unknown;
  set: SetPart;
}

/** A value as nested blocks, with a place for what is wrong with each. */
export class BlockTree {
  readonly element: HTMLElement;
  readonly #source: TreeSource;
  /** By the place as errors name it: where to say what is wrong, and what to mark. */
  readonly #places = new Map<string, { error: HTMLElement; input: HTMLElement | undefined }>();

  constructor(source: TreeSource) {
    this.#source = source;
    const { schema, value } = source;
    this.element = this.#part(schema, value, []);
  }

  /** Shows each problem at its place, or at the innermost block around it. */
  mark(problems: readonly (readonly [place: string, words: string])[]): void {
    for (const { error, input } of this.#places.values()) {
      error.textContent = '';
      error.hidden = true;
      input?.removeAttribute('aria-invalid');
    }
    for (const [place, words] of problems) {
      const around = [...this.#places.keys()].filter(
        (known) =>
          place === known || (place.startsWith(known) && /[.[]/.test(place[known.length]!)),
      );
      const nearest = around.toSorted((a, b) => b.length - a.length)[0];
      const found = nearest === undefined ? undefined : this.#places.get(nearest);
      if (!found) continue;
      const rest = place.slice(nearest!.length).replace(/^\./, '');
      const line = rest === '' ? words : `${rest}: ${words}`;
      found.error.textContent = [found.error.textContent, line].filter(Boolean).join('\n');
      found.error.hidden = false;
      found.input?.setAttribute('aria-invalid', 'true');
    }
  }

  #text(path: Path): string {
    return pathText(this.#source.root, path);
  }

  /** A part with a line for its errors. */
  #placed(path: Path, input: HTMLElement | undefined, ...children: Child[]): HTMLElement {
    const error = element('p', { class: 'field-error', id: uniqueId('error'), hidden: true });
    input?.setAttribute('aria-describedby', error.id);
    this.#places.set(this.#text(path), { error, input });
    return element(
      'div',
      { class: 'block-part', 'data-path': this.#text(path) },
      ...children,
      error,
    );
  }

  #part(schema: Schema, value: unknown, path: Path, label = ''): HTMLElement {
    const { definitions, parameters, set } = this.#source;
    const found = resolved(schema, definitions);
    if (found.$ref === '#') {
      return this.#placed(
        path,
        undefined,
        ...configRows(value, parameters, path, set, (at, main, row) => this.#placed(at, main, row)),
      );
    }
    if (found.anyOf) return this.#form(found.anyOf, value, path);
    if ('const' in found) return this.#placed(path, undefined);
    if (!hasShape(found, value, definitions)) return this.#raw(value, path, label);
    if (found.type === 'array') return this.#list(found, value as unknown[], path);
    if (found.properties) return this.#members(found, value as Record<string, unknown>, path);
    return this.#typed(found, value, path, label || (found.title ?? ''));
  }

  /** One of several forms, which another can replace. */
  #form(forms: readonly Schema[], value: unknown, path: Path): HTMLElement {
    const { definitions, set } = this.#source;
    const at = forms.findIndex((form) => hasShape(form, value, definitions));
    const chosen = forms[at];
    const select = element(
      'select',
      {
        'aria-label': `Kind of ${this.#text(path)}`,
        'data-focus': `kind ${this.#text(path)}`,
        on: {
          change: () => {
            const next = forms[Number(select.value)];
            if (next) set(path, () => exampleOf(next, definitions));
          },
        },
      },
      ...forms.map(({ title = '' }, i) => element('option', { value: i }, title)),
      !chosen && element('option', { value: -1 }, 'other'),
    );
    select.value = String(at);
    const inner = chosen ? this.#part(chosen, value, path) : this.#raw(value, path, '');
    const known = this.#places.get(this.#text(path));
    if (known && !known.input) {
      known.input = select;
      select.setAttribute('aria-describedby', known.error.id);
    }
    return element('div', { class: 'block-form' }, select, inner);
  }

  /** A number or a word. */
  #typed({ type, default: usual }: Schema, value: unknown, path: Path, label: string): HTMLElement {
    const isWord = type === 'string';
    const read = (text: string) =>
      isWord ? text : text.trim() === '' ? (usual ?? '') : parseNumber(text);
    const input = element('input', {
      class: isWord ? 'number-input block-word' : 'number-input',
      'aria-label': `${label} of ${this.#text(path.slice(0, -1))}`.trim(),
      'data-focus': this.#text(path),
      inputmode: isWord ? 'text' : 'decimal',
      autocomplete: 'off',
      spellcheck: 'false',
      on: {
        input: () => this.#source.set(path, () => read(input.value), 'live'),
        change: () => this.#source.set(path, () => read(input.value), 'commit'),
      },
    });
    input.value = isWord ? String(value) : numberText(value);
    return this.#placed(
      path,
      input,
      label !== '' && element('span', { class: 'unit' }, label),
      input,
    );
  }

  /** What no form fits, to be corrected as JSON. */
  #raw(value: unknown, path: Path, label: string): HTMLElement {
    const input = element('input', {
      class: 'list-input',
      'aria-label': `${label || 'JSON'} of ${this.#text(path)}`,
      'data-focus': this.#text(path),
      spellcheck: 'false',
      on: { change: () => this.#source.set(path, () => parseJson(input.value)) },
    });
    input.value = typeof value === 'string' ? JSON.stringify(value) : jsonText(value);
    return this.#placed(path, input, input);
  }

  #members({ properties = {}, required = [] }: Schema, value: Record<string, unknown>, path: Path) {
    const { set, definitions } = this.#source;
    const keys = Object.keys(properties);
    const inOrder = [
      ...keys.filter((key) => key in value || properties[key]?.default !== undefined),
    ];
    const parts = inOrder.map((key) => {
      const schema = properties[key] ?? {};
      const isOptional = !required.includes(key) && schema.default === undefined;
      const inner = this.#part(schema, value[key] ?? schema.default, [...path, key]);
      if (!isOptional) return inner;
      const gone = () => set([...path, key], () => undefined);
      const head = element('div', { class: 'block-head' }, element('strong', {}, key));
      head.append(iconButton(`Remove ${this.#text([...path, key])}`, '×', gone));
      return element('div', { class: 'block' }, head, inner);
    });
    const absent = keys.filter((key) => !inOrder.includes(key));
    const add = absent.map((key) => {
      const click = () => set([...path, key], () => exampleOf(properties[key] ?? {}, definitions));
      return element(
        'button',
        { type: 'button', class: 'quiet-button', on: { click } },
        `Add ${key}`,
      );
    });
    return this.#placed(path, undefined, ...parts, element('div', { class: 'button-row' }, ...add));
  }

  #list(schema: Schema, value: readonly unknown[], path: Path): HTMLElement {
    const { items = {}, minItems, maxItems } = schema;
    if (minItems !== undefined && minItems === maxItems) {
      const parts = value.map((entry, i) =>
        this.#part(items, entry, [...path, i], i === 0 ? (schema.title ?? '') : 'to'),
      );
      return this.#placed(path, undefined, element('div', { class: 'block-pair' }, ...parts));
    }
    const list = element('ol', { class: 'block-list' });
    fill(list, ...value.map((entry, i) => this.#entry(items, entry, path, i, value.length)));
    return this.#placed(path, undefined, list, this.#adding(items, value.length, path));
  }

  /** An entry of a list with its buttons; Alt with the arrows moves it, Alt with Delete removes it. */
  #entry(items: Schema, entry: unknown, path: Path, i: number, count: number): HTMLElement {
    const { set } = this.#source;
    const own = [...path, i];
    const name = this.#text(own);
    const move = (by: -1 | 1) =>
      set(path, (list) => moved(list as unknown[], i, by), undefined, [...path, i + by]);
    const remove = () => set(own, () => undefined);
    const tools = element(
      'div',
      { class: 'block-tools' },
      iconButton(`Move ${name} up`, '↑', () => move(-1), { disabled: i === 0 }),
      iconButton(`Move ${name} down`, '↓', () => move(1), { disabled: i === count - 1 }),
      iconButton(`Remove ${name}`, '×', remove),
    );
    return element(
      'li',
      {
        class: 'block',
        on: {
          keydown: (event) => {
            const keys: Record<string, () => void> = {
              ArrowUp: () => move(-1),
              ArrowDown: () => move(1),
              Delete: remove,
            };
            const act = event.altKey ? keys[event.key] : undefined;
            if (!act || event.defaultPrevented) return;
            event.preventDefault();
            act();
          },
        },
      },
      this.#part(items, entry, own),
      tools,
    );
  }

  /** Adds an entry at the end: an example of the chosen form. */
  #adding(items: Schema, count: number, path: Path): HTMLElement {
    const { set, definitions } = this.#source;
    const { anyOf = [resolved(items, definitions)] } = resolved(items, definitions);
    const add = (form: Schema) => set([...path, count], () => exampleOf(form, definitions));
    const buttons = anyOf.map((form) => {
      const click = () => add(form);
      const label = `Add ${form.title} to ${this.#text(path)}`;
      const look = { type: 'button', class: 'quiet-button', 'aria-label': label, on: { click } };
      return element('button', look, `+ ${form.title}`);
    });
    return element('div', { class: 'block-adding' }, ...buttons);
  }
}
