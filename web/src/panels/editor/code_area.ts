import { element, fill, uniqueId } from '../../dom/element';

/** A text field's text and the selection in it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** Replaces the text from `start` to `end`. */
export interface Edit {
  start: number;
  end: number;
  insert: string;
  /** Whether the inserted text is selected afterwards. */
  select?: boolean;
}

const indent = '  ';

const lineStart = ({ text, start }: Selected) => text.lastIndexOf('\n', start - 1) + 1;

/** Tab: inserts two spaces, or indents all selected lines by two. */
export function tabEdit(selected: Selected): Edit {
  const { text, start, end } = selected;
  if (!text.slice(start, end).includes('\n')) return { start, end, insert: indent };
  const first = lineStart(selected);
  const insert = text.slice(first, end).replace(/^(?=.)/gm, indent);
  return { start: first, end, insert, select: true };
}

/** Enter: a new line with this line's indent, one step deeper after an opening bracket. */
export function enterEdit(selected: Selected): Edit {
  const { text, start, end } = selected;
  const line = text.slice(lineStart(selected), start);
  const spaces = line.match(/^ */)?.[0] ?? '';
  const opens = /(?:[{([]|=>)\s*$/.test(line);
  return { start, end, insert: `\n${spaces}${opens ? indent : ''}` };
}

export interface CodeAreaActions {
  changed: () => void;
  /** Control or Command with Enter. */
  run: () => void;
}

/**
 * A field for code with numbered lines, where Tab indents. After Escape, Tab leaves the field, so
 * that keyboard users are never trapped.
 */
export class CodeArea {
  readonly element: HTMLElement;
  readonly #area: HTMLTextAreaElement;
  readonly #numbers = element('pre', { class: 'code-numbers', 'aria-hidden': 'true' });
  readonly #actions: CodeAreaActions;
  #tabLeaves = false;
  #marked: number | undefined;

  constructor(label: string, actions: CodeAreaActions) {
    this.#actions = actions;
    this.#area = element('textarea', {
      id: uniqueId('code'),
      class: 'code-area',
      'aria-label': label,
      wrap: 'off',
      spellcheck: 'false',
      autocomplete: 'off',
      autocapitalize: 'off',
      autocorrect: 'off',
      on: {
        input: () => this.#changed(),
        keydown: (event) => this.#key(event),
        focus: () => (this.#tabLeaves = false),
        scroll: () => (this.#numbers.scrollTop = this.#area.scrollTop),
      },
    });
    this.element = element('div', { class: 'code' }, this.#numbers, this.#area);
  }

  get code(): string {
    return this.#area.value.toWellFormed();
  }

  /** Replaces the code; if `undoable`, the field's undo restores the old code. */
  replace(code: string, undoable: boolean): void {
    if (undoable) this.#apply({ start: 0, end: this.#area.value.length, insert: code });
    else this.#area.value = code;
    this.#area.setSelectionRange(0, 0);
    this.#area.scrollTo(0, 0);
    this.#changed();
  }

  /** Sets the ids of the field's descriptions, and whether its code is invalid. */
  describe(ids: readonly string[], isWrong: boolean): void {
    this.#area.setAttribute('aria-describedby', ids.join(' '));
    if (isWrong) this.#area.setAttribute('aria-invalid', 'true');
    else this.#area.removeAttribute('aria-invalid');
  }

  /** Marks the number of a line, or none. */
  mark(line: number | undefined): void {
    if (line === this.#marked) return;
    this.#marked = line;
    this.#number();
  }

  #changed(): void {
    this.#number();
    this.#actions.changed();
  }

  #number(): void {
    const numbers = this.#area.value.split('\n').flatMap((_, i) => {
      const text = i + 1 === this.#marked ? element('mark', {}, String(i + 1)) : String(i + 1);
      return [text, '\n'];
    });
    fill(this.#numbers, ...numbers.slice(0, -1));
    this.#numbers.scrollTop = this.#area.scrollTop;
  }

  #key(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
    const leaves = this.#tabLeaves;
    this.#tabLeaves = key === 'Escape';
    if (isComposing || altKey) return;
    const selected = {
      text: this.#area.value,
      start: this.#area.selectionStart,
      end: this.#area.selectionEnd,
    };
    if (key === 'Enter' && (ctrlKey || metaKey)) this.#actions.run();
    else if (ctrlKey || metaKey || shiftKey) return;
    else if (key === 'Tab' && !leaves) this.#apply(tabEdit(selected));
    else if (key === 'Enter') this.#apply(enterEdit(selected));
    else return;
    event.preventDefault();
  }

  #apply({ start, end, insert, select }: Edit): void {
    this.#area.focus();
    this.#area.setSelectionRange(start, end);
    // The only way to make the field's own undo cover a script's edits.
    if (!document.execCommand('insertText', false, insert)) {
      this.#area.setRangeText(insert, start, end, 'end');
      this.#changed();
    }
    if (select) this.#area.setSelectionRange(start, start + insert.length);
  }
}
