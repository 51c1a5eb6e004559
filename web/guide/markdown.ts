import { Marked, type RendererObject, type Tokens } from 'marked';

import { element, Html, markup } from '../reference/markup';
import { table } from '../reference/table';

export interface Section {
  id: string;
  title: string;
}

/** A page of the guide as HTML. */
export interface Rendered {
  title: string;
  /** Its first paragraph, without markup. */
  summary: string;
  /** The headings of the second level. */
  sections: Section[];
  body: Html;
}

/** Tables of the core's own content: `<!-- table: NAME -->` in a page inserts one. */
export type Tables = Record<string, () => Html>;

/** The id of a heading, as Git hosts form it, so that links hold there as well. */
export function headingId(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\d\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

/**
 * Where a link of a Markdown file leads on the site: pages to pages, `../` to the site's root. Files of
 * the repository are not part of the site: undefined.
 */
export function siteHref(href: string): string | undefined {
  if (href.startsWith('../../')) return undefined;
  return href.replace(/^([\w-]+)\.md(?=#|$)/, '$1.html');
}

/** A console block: commands, which may continue on the next line after `\\`, and their output. */
function consoleLines(text: string): Html[] {
  let isCommand = false;
  return text.split('\n').map((line, index, lines) => {
    const continues = isCommand && lines[index - 1]?.endsWith('\\');
    isCommand = line.startsWith('$ ') || Boolean(continues);
    return element('span', { class: isCommand ? 'command' : 'output' }, `${line}\n`);
  });
}

/** Blocks whose HTML depends on nothing but themselves. */
const plainBlocks: RendererObject = {
  code({ text, lang }: Tokens.Code) {
    const content = lang === 'console' ? consoleLines(text) : text;
    // Wide output scrolls, so the keyboard must be able to reach it.
    return markup(element('pre', { tabindex: '0' }, element('code', {}, content)));
  },
  link({ href, tokens }: Tokens.Link) {
    const content = new Html(this.parser.parseInline(tokens));
    const target = siteHref(href);
    return markup(
      target === undefined
        ? element('code', {}, this.parser.parseInline(tokens, this.parser.textRenderer))
        : element('a', { href: target }, content),
    );
  },
  table(token: Tokens.Table) {
    const cell = ({ tokens }: Tokens.TableCell) => ({
      content: new Html(this.parser.parseInline(tokens)),
    });
    const columns = token.header.map(({ tokens }) =>
      this.parser.parseInline(tokens, this.parser.textRenderer),
    );
    const rows = token.rows.map((cells) => cells.map(cell));
    return markup(element('div', { class: 'guide-table' }, table(undefined, columns, rows)));
  },
};

/** Renders one page. Fails on raw HTML and unknown tables, so that a slip does not reach the site. */
export function renderMarkdown(source: string, tables: Tables): Rendered {
  const sections: Section[] = [];
  const ids = new Map<string, number>();
  let title = '';
  let summary = '';
  const marked = new Marked(
    { renderer: plainBlocks },
    {
      renderer: {
        heading({ tokens, depth }: Tokens.Heading) {
          const content = this.parser.parseInline(tokens);
          const text = this.parser.parseInline(tokens, this.parser.textRenderer);
          const base = headingId(text);
          const seen = ids.get(base) ?? 0;
          ids.set(base, seen + 1);
          const id = seen === 0 ? base : `${base}-${seen}`;
          if (depth === 1) title = text;
          if (depth === 2) sections.push({ id, title: text });
          const inner =
            depth === 1 ? new Html(content) : element('a', { href: `#${id}` }, new Html(content));
          return markup(element(`h${depth}`, { id }, inner));
        },
        paragraph({ tokens }: Tokens.Paragraph) {
          const content = this.parser.parseInline(tokens);
          const isLead = summary === '';
          if (isLead) {
            const text = this.parser.parseInline(tokens, this.parser.textRenderer);
            summary = text.replaceAll(/\s+/g, ' ');
          }
          return markup(element('p', { class: isLead ? 'lead' : undefined }, new Html(content)));
        },
        html({ text }: Tokens.HTML | Tokens.Tag) {
          const name = text.match(/^<!-- table: (\w+) -->\s*$/)?.[1];
          const make = name === undefined ? undefined : tables[name];
          if (make === undefined) throw new Error(`neither text nor a known table: ${text.trim()}`);
          return markup(make());
        },
      },
    },
  );
  const body = new Html(marked.parse(source, { async: false }));
  if (title === '') throw new Error('the page has no title: its first line must start with "# "');
  return { title, summary, sections, body };
}
