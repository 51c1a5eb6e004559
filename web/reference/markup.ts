/** Finished HTML. Only `element` makes it, so all text in it is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Html | string | undefined | readonly Child[];

/** Values of attributes; `undefined` leaves one out. */
export type Attributes = Record<string, string | undefined>;

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** The HTML of children one behind the other. */
export function markup(child: Child): string {
  if (child === undefined) return '';
  if (child instanceof Html) return child.text;
  return typeof child === 'string' ? escaped(child) : child.map(markup).join('');
}

/** Elements behind which a line ends, for whoever reads the source. */
const blocks = new Set([
  'article',
  'div',
  'dl',
  'h1',
  'h2',
  'h3',
  'h4',
  'li',
  'p',
  'section',
  'tr',
]);

/** An element with an end tag, its attributes and texts escaped; what `element` of dom.ts is for live pages. */
export function element(tag: string, attributes: Attributes = {}, ...children: Child[]): Html {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(value ?? '')}"`)
    .join('');
  const line = blocks.has(tag) ? '\n' : '';
  return new Html(`<${tag}${given}>${markup(children)}</${tag}>${line}`);
}
