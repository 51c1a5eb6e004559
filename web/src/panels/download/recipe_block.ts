import { copyButton } from '../../dom/controls';
import { element, fill } from '../../dom/element';
import type { Recipe } from '../../state/recipe';

/** How to make the same dataset without this page, to read and to copy. */
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
        ...Object.entries(recipe.copies).map(([what, text]) => copyButton(what, () => text)),
      ),
    );
  }
}
