/** Finished HTML. Only `element` makes it, so all text in it is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Html | string | undefined | readonly Child[];

/** Attribute values; `undefined` omits the attribute. */
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

/** The concatenated HTML of children. */
export function markup(child: Child): string {
  if (child === undefined) return '';
  if (child instanceof Html) return child.text;
  return typeof child === 'string' ? escaped(child) : child.map(markup).join('');
}

/** Elements that end a line, to keep the source readable. */
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

/** Elements without content, which have no end tag. */
const voids = new Set(['input']);

/** An element with an end tag where it has one, attributes and text escaped; the counterpart of `element` in dom.ts. */
export function element(tag: string, attributes: Attributes = {}, ...children: Child[]): Html {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(value ?? '')}"`)
    .join('');
  const line = blocks.has(tag) ? '\n' : '';
  if (voids.has(tag)) return new Html(`<${tag}${given} />`);
  return new Html(`<${tag}${given}>${markup(children)}</${tag}>${line}`);
}
