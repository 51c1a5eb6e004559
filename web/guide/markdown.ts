import { Marked, type Parser, type RendererObject, type Token, type Tokens } from 'marked';

import { element, Html, markup } from '../reference/markup';
import { table } from '../reference/table';
import { formulas } from './formulas';

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

/** Content that is made from tables and declarations: `<!-- table: NAME ARGUMENT -->` inserts it. */
export type Tables = Record<string, (argument: string) => Html>;

/** What a page refers to. */
export interface Surroundings {
  /** How many folders below `guide/` the page is. */
  depth?: number;
  /** Where a name set as code is described, if anywhere; row names of tables are less often links. */
  entryOf?: (name: string, isRowName: boolean) => string | undefined;
  /** What makes HTML of blocks in certain languages, of their text and settings such as `view=raster`. */
  blocks?: Record<string, (text: string, settings: ReadonlyMap<string, string>) => Html>;
}

/** The id of a heading, as Git hosts form it, so that links hold there as well. */
export function headingId(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\d\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

/**
 * Where a link of a Markdown file leads on the site: pages to pages, `../` from `guide/` to the site's
 * root. Files of the repository are not part of the site: undefined.
 */
export function siteHref(href: string, depth = 0): string | undefined {
  if (href.startsWith('../'.repeat(depth + 2))) return undefined;
  return href.replace(/^((?:[\w-]+\/|\.\.\/)*[\w-]+)\.md(?=#|$)/, '$1.html');
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

/** Text without markup, as titles, summaries and the names of columns need it. */
function plain(parser: Parser, tokens: Token[]): string {
  const text = parser.parseInline(tokens, parser.textRenderer);
  if (text.includes('<math')) throw new Error('a formula where only plain text can be');
  return text;
}

/** Renders one page. Fails on raw HTML, unknown tables and LaTeX with mistakes, so that a slip does not reach the site. */
export function renderMarkdown(
  source: string,
  tables: Tables,
  { depth = 0, entryOf = () => undefined, blocks = {} }: Surroundings = {},
): Rendered {
  const sections: Section[] = [];
  const ids = new Map<string, number>();
  let title = '';
  let summary = '';
  // Inside of links and headings, which are links as well, names are not linked.
  let isLinked = false;
  let isRowName = false;
  const linked = (render: () => string): Html => {
    const before = isLinked;
    isLinked = true;
    const html = new Html(render());
    isLinked = before;
    return html;
  };
  const renderer: RendererObject = {
    code({ text, lang }: Tokens.Code) {
      const [language = '', ...words] = (lang ?? '').split(/\s+/);
      const make = Object.hasOwn(blocks, language) ? blocks[language] : undefined;
      if (make !== undefined) {
        const settings = words.map((word) => word.split('=', 2) as [string, string]);
        return markup(make(text, new Map(settings)));
      }
      if (words.length > 0) throw new Error(`not a known kind of block: ${lang}`);
      const content = language === 'console' ? consoleLines(text) : text;
      // Wide output scrolls, so the keyboard must be able to reach it.
      return markup(element('pre', { tabindex: '0' }, element('code', {}, content)));
    },
    codespan({ text }: Tokens.Codespan) {
      const code = element('code', {}, text);
      const href = isLinked ? undefined : entryOf(text, isRowName);
      return markup(href === undefined ? code : element('a', { href }, code));
    },
    link({ href, tokens }: Tokens.Link) {
      const content = linked(() => this.parser.parseInline(tokens));
      const target = siteHref(href, depth);
      return markup(
        target === undefined
          ? element('code', {}, plain(this.parser, tokens))
          : element('a', { href: target }, content),
      );
    },
    table(token: Tokens.Table) {
      const columns = token.header.map(({ tokens }) => plain(this.parser, tokens));
      const rows = token.rows.map((cells) =>
        cells.map(({ tokens }, index) => {
          isRowName = index === 0;
          const content = new Html(this.parser.parseInline(tokens));
          isRowName = false;
          return { content };
        }),
      );
      return markup(element('div', { class: 'guide-table' }, table(undefined, columns, rows)));
    },
    heading({ tokens, depth: level }: Tokens.Heading) {
      const content = linked(() => this.parser.parseInline(tokens));
      const text = plain(this.parser, tokens);
      const base = headingId(text);
      const seen = ids.get(base) ?? 0;
      ids.set(base, seen + 1);
      const id = seen === 0 ? base : `${base}-${seen}`;
      if (level === 1) title = text;
      if (level === 2) sections.push({ id, title: text });
      const inner = level === 1 ? content : element('a', { href: `#${id}` }, content);
      return markup(element(`h${level}`, { id }, inner));
    },
    paragraph({ tokens }: Tokens.Paragraph) {
      const content = new Html(this.parser.parseInline(tokens));
      const isLead = summary === '';
      if (isLead) {
        const text = plain(this.parser, tokens);
        summary = text.replaceAll(/\s+/g, ' ');
      }
      return markup(element('p', { class: isLead ? 'lead' : undefined }, content));
    },
    html({ text }: Tokens.HTML | Tokens.Tag) {
      const [, name = '', argument = ''] =
        text.match(/^<!-- table: (\w+)(?: ([\w./-]+))? -->\s*$/) ?? [];
      const fill = Object.hasOwn(tables, name) ? tables[name] : undefined;
      if (fill === undefined) throw new Error(`neither text nor a known table: ${text.trim()}`);
      return markup(fill(argument));
    },
  };
  const body = new Html(new Marked({ renderer }, formulas).parse(source, { async: false }));
  if (title === '') throw new Error('the page has no title: its first line must start with "# "');
  return { title, summary, sections, body };
}
