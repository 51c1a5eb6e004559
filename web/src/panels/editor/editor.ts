import { exampleOf, examples, firstExample } from '../../custom/examples';
import { element, setText, uniqueId } from '../../dom/element';
import { formatCount } from '../../model/format';
import { codeBytes, longestCodeBytes } from '../../state/code';
import { CodeArea } from './code_area';
import { offers } from './offers';

/** What became of the code, for its reader. */
export interface Outcome {
  text: string;
  isWrong: boolean;
}

const yourOwn = 'your own';

function button(label: string, click: () => void, className?: string): HTMLButtonElement {
  return element('button', { type: 'button', class: className, on: { click } }, label);
}

/** The code of a custom generator: to read, to write, to run, and what is wrong with it. */
export class EditorPanel {
  readonly element: HTMLElement;
  readonly #run: (code: string) => void;
  readonly #area = new CodeArea('Generator code', {
    changed: () => this.#showDraft(),
    run: () => this.#runDraft(),
  });
  readonly #example = element(
    'select',
    { id: 'code-example', on: { change: () => this.#useExample(this.#example.value) } },
    ...[yourOwn, ...examples.map(({ name }) => name)].map((name) =>
      element('option', { value: name }, name),
    ),
  );
  readonly #reset = button('Reset', () => this.#useExample(this.#startedFrom.name));
  readonly #changed = element('span', { class: 'code-changed' }, 'changed since it last ran');
  readonly #message = element('p', { class: 'code-message', id: uniqueId('code-message') });
  readonly #hint = element(
    'p',
    { class: 'code-hint', id: uniqueId('code-hint') },
    'It runs in your browser, in a worker that reaches nothing but this site. ',
    'Ctrl or ⌘ with Enter runs it. Tab indents; Escape, then Tab leaves.',
  );
  /** The code that the page's state holds, and what became of it. */
  #accepted: string | undefined;
  #outcome: Outcome | undefined;
  /** Why the draft was not even tried. */
  #refusal: string | undefined;
  #startedFrom = firstExample;

  /** `run` hears every code that the visitor wants to run. */
  constructor(run: (code: string) => void) {
    this.#run = run;
    this.element = element(
      'section',
      { class: 'card editor', 'aria-labelledby': 'editor-title' },
      element(
        'div',
        { class: 'editor-head' },
        element(
          'div',
          { class: 'editor-title' },
          element('h2', { id: 'editor-title' }, 'Generator code'),
          this.#changed,
        ),
        element(
          'span',
          { class: 'editor-example' },
          element('label', { for: 'code-example' }, 'Example'),
          this.#example,
        ),
        this.#reset,
        button('Run', () => this.#runDraft(), 'primary'),
      ),
      this.#area.element,
      element('div', { role: 'status' }, this.#message),
      this.#hint,
      offers(),
    );
  }

  /** Takes up the state's code where it is another, and tells what became of it. */
  show(code: string, outcome: Outcome | undefined): void {
    this.#outcome = outcome;
    if (code !== this.#accepted) {
      this.#accepted = code;
      this.#startedFrom = exampleOf(code) ?? this.#startedFrom;
      if (code !== this.#area.code) this.#area.replace(code, false);
    }
    this.#showDraft();
  }

  /** The buttons and the message follow what stands in the field. */
  #showDraft(): void {
    const draft = this.#area.code;
    this.#example.value = exampleOf(draft)?.name ?? yourOwn;
    this.#reset.disabled = draft === this.#startedFrom.code;
    if (this.#refusal !== tooLong(draft)) this.#refusal = undefined;
    this.#changed.hidden = this.#accepted === undefined || draft === this.#accepted;
    const text = this.#refusal ?? this.#outcome?.text ?? '';
    const isWrong = this.#refusal !== undefined || this.#outcome?.isWrong === true;
    setText(this.#message, text);
    this.#message.classList.toggle('wrong', isWrong);
    this.#area.describe([...(text ? [this.#message.id] : []), this.#hint.id], isWrong);
  }

  #runDraft(): void {
    const draft = this.#area.code;
    this.#refusal = tooLong(draft);
    if (this.#refusal === undefined) this.#run(draft);
    else this.#showDraft();
  }

  #useExample(name: string): void {
    const example = examples.find((entry) => entry.name === name);
    if (example === undefined) return this.#showDraft();
    this.#startedFrom = example;
    this.#area.replace(example.code, true);
    this.#runDraft();
  }
}

function tooLong(code: string): string | undefined {
  const bytes = codeBytes(code);
  if (bytes <= longestCodeBytes) return undefined;
  return `The code has ${formatCount(bytes)} bytes; allowed: at most ${formatCount(longestCodeBytes)}, so that a link can hold it.`;
}
