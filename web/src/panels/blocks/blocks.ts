import '../../theme/blocks.css';

import type { Parameter, Problem } from 'synthgen';
import schema from 'virtual:schema';

import { Segmented } from '../../dom/controls';
import { element, fill } from '../../dom/element';
import type { Change } from '../../state/state';
import type { Blocks, BlocksMaker } from '../form/field';
import { problemText } from '../form/field';
import { BlockTree } from './block_tree';
import { pathText, withPart, type Path } from './paths';
import { exampleOf, hasShape, type Schema } from './schema';

/** How a value is edited; both show the same. */
const views = ['blocks', 'JSON'] as const;
type View = (typeof views)[number];

/** The field's value as blocks, or as JSON in the field's own text area. */
class BlockView implements Blocks {
  readonly element = element('div', { class: 'blocks' });
  readonly #key: string;
  readonly #schema: Schema;
  readonly #area: HTMLTextAreaElement;
  readonly #change: (value: unknown, kind: Change) => void;
  readonly #parameters: readonly Parameter[];
  readonly #toggle: Segmented<View>;
  readonly #body = element('div', { class: 'blocks-body', role: 'group' });
  #view: View = 'JSON';
  #value: unknown;
  #shown = '';
  #tree: BlockTree | undefined;
  #problems: readonly Problem[] = [];

  constructor(
    { key, label }: Parameter,
    valueSchema: Schema,
    area: HTMLTextAreaElement,
    change: (value: unknown, kind: Change) => void,
    parameters: readonly Parameter[],
  ) {
    this.#key = key;
    this.#schema = valueSchema;
    this.#area = area;
    this.#change = change;
    this.#parameters = parameters;
    this.#toggle = new Segmented(`Edit ${label} as`, views, (view) => {
      this.#view = view;
      this.#build();
    });
    this.#body.setAttribute('aria-label', `${label} as blocks`);
    this.element.append(this.#toggle.element, this.#body);
    this.#build();
  }

  show(value: unknown): void {
    this.#value = value;
    if (JSON.stringify(value) !== this.#shown) this.#build();
  }

  /** Shows each problem at the block that it is in. */
  mark(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#tree?.mark(problems.map((problem) => [problem.key, problemText(problem)]));
  }

  /** Whether it has taken the focus, which the text area cannot while it is hidden. */
  focus(): boolean {
    if (this.#view === 'JSON') return false;
    const wrong = this.#body.querySelector<HTMLElement>('[aria-invalid=true]');
    (wrong ?? this.#body.querySelector<HTMLElement>('input, select, button'))?.focus();
    return true;
  }

  #build(): void {
    const isBlocks = this.#view === 'blocks';
    this.#toggle.show(this.#view);
    this.#area.hidden = isBlocks;
    this.#body.hidden = !isBlocks;
    this.#tree = undefined;
    this.#shown = JSON.stringify(this.#value);
    if (!isBlocks) return;
    const isEmpty = this.#value === null || this.#value === undefined;
    if (isEmpty || !hasShape(this.#schema, this.#value, schema.$defs)) {
      const words = isEmpty ? 'None yet.' : 'This is no list of blocks: correct it as JSON, or';
      const click = () => this.#set([], () => exampleOf(this.#schema, schema.$defs));
      const insert = element('button', { type: 'button', on: { click } }, 'Insert an example');
      fill(this.#body, element('p', { class: 'blocks-none' }, words), insert);
      return;
    }
    this.#tree = new BlockTree({
      root: this.#key,
      schema: this.#schema,
      definitions: schema.$defs,
      parameters: this.#parameters,
      value: this.#value,
      set: (...change) => this.#set(...change),
    });
    fill(this.#body, this.#tree.element);
    this.mark(this.#problems);
  }

  /** Changes a part. What is typed keeps its field; anything else is built again, with the focus. */
  #set(path: Path, make: (part: unknown) => unknown, kind?: Change, focus?: Path): void {
    const next = withPart(this.#value, path, make) ?? null;
    if (kind) this.#shown = JSON.stringify(next);
    const focused = focus ? undefined : document.activeElement?.getAttribute('data-focus');
    this.#value = next;
    this.#change(next, kind ?? 'commit');
    if (kind) return;
    this.#build();
    const again = focused && this.#body.querySelector<HTMLElement>(`[data-focus="${focused}"]`);
    if (again) again.focus();
    else this.#focusAt(focus ?? path);
  }

  /** Moves the focus to what is at a place, or around it. */
  #focusAt(path: Path): void {
    for (let length = path.length; length >= 0; length -= 1) {
      const at = pathText(this.#key, path.slice(0, length));
      const kind = this.#body.querySelector<HTMLElement>(`[data-focus="kind ${at}"]`);
      const block = this.#body.querySelector(`[data-path="${at}"]`);
      const target = kind ?? block?.querySelector<HTMLElement>('input, select, button');
      if (!target) continue;
      target.focus();
      return;
    }
  }
}

/** Makes the blocks of the parameters whose lists and objects the core describes. */
export function blocksOf(parameters: readonly Parameter[]): BlocksMaker {
  return (parameter, area, change) => {
    const found = schema.properties[parameter.key];
    const isKnown = found?.items !== undefined || found?.properties !== undefined;
    return isKnown ? new BlockView(parameter, found, area, change, parameters) : undefined;
  };
}
