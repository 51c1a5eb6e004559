/** Something that a file declares, or a comment that stands by itself: then without a signature. */
export interface Declaration {
  name: string;
  comment: string;
  /** Without bodies of functions and classes. */
  signature: string;
  members: Declaration[];
}

export type BraceLanguage = 'js' | 'cpp';

const openings = '{([';
const closings = '})]';

/** The brackets that a line opens minus those that it closes, comments and strings left out. */
function depthOf(line: string): number {
  const code = line.replace(/\/\/.*$/, '').replaceAll(/'[^']*'|"[^"]*"/g, '');
  return [...code].reduce(
    (depth, letter) =>
      depth + Number(openings.includes(letter)) - Number(closings.includes(letter)),
    0,
  );
}

/** Text of a comment's lines without their marks. */
function commentText(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^\s*(?:\/\*\*|\*\/|\*|\/\/\/) ?/, '').replace(/\s*\*\/$/, ''))
    .join('\n')
    .trim();
}

/** A class, struct or interface, whose members are listed. */
const hasMembers = /^(?:template <[^>]*>\s*)?(?:interface|class|struct) /;

/** Lines of a class that declare nothing for its users. */
const unlisted =
  /^(?:friend|~|virtual ~|static_assert|export \*|export type \*|export \{|import|declare global)|= (?:delete|default);$/;

function nameOf(signature: string): string {
  const head = signature.replace(/^(?:template <[^>]*>\s*)/, '').replaceAll(/\[\[\w+\]\]\s*/g, '');
  const variable = head.match(
    /^(?:(?:inline|static|constexpr|const) )+[^(]*?(\w+)(?: =|\{|;)/,
  )?.[1];
  if (variable !== undefined) return variable;
  return (
    head.match(/^(?:type|interface|(?:enum )?class|enum|struct|using) (\w+)/)?.[1] ??
    head.match(/(operator\S+)\(/)?.[1] ??
    head.match(/([\w.]+)\??(?:<[^(]*>)?\(/)?.[1] ??
    head.match(/(?:readonly )?(\w+)\??:/)?.[1] ??
    head.match(/(\w+)(?: =[^=]*| = [^]*|\{[^]*\})?;/)?.[1] ??
    head
  );
}

/** The head of a function with a body, or a whole declaration. */
function withoutBody(text: string): string {
  if (!text.trimEnd().endsWith('}')) return text;
  return text.replace(
    /\)((?:\s+(?:const|noexcept|override|final))*)\s*(?::\s[^]*?)?\s\{[^]*$/,
    ')$1;',
  );
}

function dedented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => line.slice(Math.min(by, line.search(/\S|$/))));
}

/** Members of a class up to its private ones, or of a struct or an interface. */
function publicLines(lines: readonly string[], isClass: boolean): string[] {
  let isPublic = !isClass;
  return lines.filter((line) => {
    const access = line.match(/^ (public|private|protected):$/)?.[1];
    if (access !== undefined) isPublic = access === 'public';
    return isPublic && access === undefined;
  });
}

function declarationOf(lines: readonly string[], comment: string, language: BraceLanguage) {
  const text = lines.join('\n');
  const trailing = text.match(/\/\/\/< ?(.*)$/)?.[1] ?? '';
  const code = text.replaceAll(/\s*\/\/.*$/gm, '').replace(/^export (?:declare )?/, '');
  const isBlock = hasMembers.test(code) && code.includes('{');
  const head = code.slice(0, code.indexOf('{')).trim();
  const isClass = language === 'cpp' && /(?:^|\s)class /.test(head);
  const signature = isBlock ? head : language === 'cpp' ? withoutBody(code) : code;
  const inner = isBlock
    ? dedented(publicLines(lines.slice(head.split('\n').length, -1), isClass), 2)
    : [];
  return {
    name: nameOf(isBlock ? `${head} ` : signature),
    comment: comment || trailing,
    signature,
    members: declarationsIn(inner.join('\n'), language),
  };
}

/**
 * What a file of this project's TypeScript declarations or C++ headers declares, in its order. It relies
 * on how the formatters lay out lines: a declaration begins at the left edge, and its comment ends right above.
 */
export function declarationsIn(text: string, language: BraceLanguage): Declaration[] {
  const lines = text.split('\n');
  const found: Declaration[] = [];
  let comment: string[] = [];
  const alone = () => {
    const said = commentText(comment);
    if (said !== '') found.push({ name: '', comment: said, signature: '', members: [] });
    comment = [];
  };
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!;
    if (/^\/\*\*/.test(line)) {
      alone();
      const start = i;
      while (!lines[i]!.includes('*/')) i += 1;
      comment = lines.slice(start, i + 1);
    } else if (/^\/\/\/(?: |$)/.test(line)) {
      comment.push(line);
    } else if (line.trim() === '') {
      alone();
    } else if (/^(?:#|\/\/|namespace |\}|using namespace)/.test(line)) {
      comment = [];
    } else {
      const start = i;
      let depth = depthOf(line);
      const ends = () => depth === 0 && /[;}]\s*(?:\/\/.*)?$/.test(lines[i]!);
      while (!ends() && i + 1 < lines.length) depth += depthOf(lines[(i += 1)]!);
      const whole = lines.slice(start, i + 1);
      const isForward = /^(?:class|struct) \w+;$/.test(line);
      if (!isForward && !unlisted.test(line) && !unlisted.test(whole.at(-1)!.trim())) {
        found.push(declarationOf(whole, commentText(comment), language));
      }
      comment = [];
    }
  }
  alone();
  return found;
}
