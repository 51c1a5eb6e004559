import { element, uniqueId, setText } from './element';

/** Radio buttons that look like one control. */
export class Segmented<Option extends string> {
  readonly element: HTMLElement;
  readonly #inputs: HTMLInputElement[];
  #shown: string | undefined;

  constructor(
    label: string,
    options: readonly Option[],
    choose: (option: Option) => void,
    className = '',
  ) {
    const name = uniqueId('segmented');
    this.#inputs = options.map((option) =>
      element('input', {
        type: 'radio',
        name,
        value: option,
        on: { change: () => choose(option) },
      }),
    );
    this.element = element(
      'div',
      { class: `segmented ${className}`.trim(), role: 'radiogroup', 'aria-label': label },
      ...this.#inputs.map((input) => element('label', {}, input, element('span', {}, input.value))),
    );
  }

  /** Checks an option; whether it is another one than before. */
  show(option: string): boolean {
    for (const input of this.#inputs) input.checked = input.value === option;
    const isOther = option !== this.#shown;
    this.#shown = option;
    return isOther;
  }

  /** Scrolls the checked option into view. */
  reveal(): void {
    const label = this.#inputs.find(({ checked }) => checked)?.parentElement;
    label?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

/** A button that copies the text that `text` returns, and confirms it for a moment. */
export function copyButton(what: string, text: () => string): HTMLButtonElement {
  const label = `Copy ${what}`;
  const button = element(
    'button',
    {
      type: 'button',
      on: {
        click: async () => {
          const isCopied = await navigator.clipboard.writeText(text()).then(
            () => true,
            () => false,
          );
          setText(button, isCopied ? 'Copied' : 'The browser did not allow it');
          setTimeout(() => setText(button, label), 1500);
        },
      },
    },
    label,
  );
  return button;
}
