import { exampleOf, examples, firstExample } from '../../custom/code_runner';
import { lineNamed } from '../../custom/thrown';
import { element, setText, uniqueId } from '../../dom/element';
import { formatCount } from '../../model/format';
import { codeBytes, longestCodeBytes } from '../../state/hash';
import { CodeArea } from './code_area';

/** What the base class offers to a custom generator, by name. */
const members: Record<string, string> = {
  'generateSequence()': 'override it: one sequence, 1 to seqLength ids from 0 to vocabSize − 1',
  'vocabSize, seqLength, config': 'the parameters, with the split’s overrides',
  customParams: 'the JSON under Custom parameters',
  item: 'which sequence is being made: { split, index }',
  'random()': 'a real number in [0, 1)',
  'randomInteger(n)': 'an integer in [0, n)',
  'randomToken()': 'an id from the token distribution',
  'randomLength()': 'the length that the length variation draws',
  'generatePatternToken(i)': 'the token at position i of patterns laid end to end',
  'adjustLength(ids)': 'the ids cut or padded to seqLength',
};

/** A list of what the code can use, folded away at first. */
export function offers(): HTMLElement {
  return element(
    'details',
    { class: 'code-offers' },
    element('summary', {}, 'What ', element('code', {}, 'this'), ' offers'),
    element(
      'dl',
      {},
      ...Object.entries(members).flatMap(([name, meaning]) => [
        element('dt', {}, element('code', {}, name)),
        element('dd', {}, meaning),
      ]),
    ),
    element(
      'p',
      {},
      'A sequence must depend only on the config and the item: draw only with these methods, and keep no state between calls. Math.random, Date and other clocks are not available.',
    ),
  );
}

/** What happened when the code ran. */
export interface Outcome {
  text: string;
  isWrong: boolean;
}

const yourOwn = 'your own';

function button(label: string, click: () => void, className?: string): HTMLButtonElement {
  return element('button', { type: 'button', class: className, on: { click } }, label);
}

/** The code of a custom generator, to read, edit and run, with what is wrong with it. */
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
    'The code runs in your browser, in a sandbox: it can reach no network, no storage and no page. ',
    'Ctrl+Enter or ⌘+Enter runs it. Tab indents; Escape, then Tab leaves the editor.',
  );
  /** The code in the page's state, and what happened when it ran. */
  #accepted: string | undefined;
  #outcome: Outcome | undefined;
  /** Why the draft was not run. */
  #refusal: string | undefined;
  #startedFrom = firstExample;

  /** `run` is called with code that the visitor wants to run. */
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

  /** Shows the state's code if it has changed, and what happened when it ran. */
  show(code: string, outcome: Outcome | undefined): void {
    this.#outcome = outcome;
    if (code !== this.#accepted) {
      this.#accepted = code;
      this.#startedFrom = exampleOf(code) ?? this.#startedFrom;
      if (code !== this.#area.code) this.#area.replace(code, false);
    }
    this.#showDraft();
  }

  /** Updates buttons and message to the code in the field. */
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
    // The line is that of the code that ran.
    this.#area.mark(isWrong && draft === this.#accepted ? lineNamed(text) : undefined);
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
