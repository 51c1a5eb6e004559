import type { MarkedExtension, Tokens } from 'marked';
import temml from 'temml';

import { element, Html, markup } from '../reference/markup';

/** LaTeX as MathML, which browsers draw by themselves. Fails on what is not LaTeX. */
export function formula(source: string, displayMode = false): Html {
  const math = temml.renderToString(source, { displayMode, throwOnError: true });
  // The site's policy refuses styles in attributes; browsers draw display="block" as this one asks.
  return new Html(math.replaceAll(/ style="[^"]*"/g, ''));
}

/** Formulas of Markdown as Git hosts take them: `$…$` in a line, `$$` on lines of their own around others. */
export const formulas: MarkedExtension = {
  extensions: [
    {
      name: 'formula',
      level: 'inline',
      start: (text) => text.indexOf('$'),
      tokenizer(text) {
        const [raw, source] = /^\$(?![\s$])([^$]*[^$\s])\$(?!\d)/.exec(text) ?? [];
        return raw === undefined ? undefined : { type: 'formula', raw, text: source };
      },
      renderer: ({ text }: Tokens.Generic) => markup(formula(text)),
    },
    {
      name: 'displayedFormula',
      level: 'block',
      start: (text) => text.match(/^\$\$$/m)?.index,
      tokenizer(text) {
        const [raw, source] = /^\$\$\n([^$]+)\n\$\$(?:\n|$)/.exec(text) ?? [];
        return raw === undefined ? undefined : { type: 'displayedFormula', raw, text: source };
      },
      // Wide ones scroll, so the keyboard must be able to reach them.
      renderer: ({ text }: Tokens.Generic) =>
        markup(element('div', { class: 'formula', tabindex: '0' }, formula(text, true))),
    },
  ],
};
