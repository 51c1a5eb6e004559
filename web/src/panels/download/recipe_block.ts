import { element, fill, setText } from '../../dom';
import type { Recipe } from '../../state/recipe';

function copyButton(what: string, text: string): HTMLButtonElement {
  const label = `Copy ${what}`;
  const button = element(
    'button',
    {
      type: 'button',
      on: {
        click: async () => {
          await navigator.clipboard.writeText(text);
          setText(button, 'Copied');
          setTimeout(() => setText(button, label), 1500);
        },
      },
    },
    label,
  );
  return button;
}

/** How to make the same without this page, to read and to copy. */
export class RecipeBlock {
  readonly element = element('div', { class: 'command-block' });
  #shown = '';

  show(recipe: Recipe): void {
    const key = JSON.stringify(recipe);
    if (key === this.#shown) return;
    this.#shown = key;
    fill(
      this.element,
      element('h3', {}, recipe.title),
      element('code', { class: 'command', tabindex: 0 }, recipe.text),
      element(
        'div',
        { class: 'button-row' },
        ...Object.entries(recipe.copies).map(([what, text]) => copyButton(what, text)),
      ),
    );
  }
}
