import type { Declaration } from './declarations';

/** The lines of a block that is indented by at least `indent`, from a line on. */
function blockEnd(lines: readonly string[], start: number, indent: number): number {
  let end = start;
  while (end < lines.length && (lines[end] === '' || lines[end]!.search(/\S/) >= indent)) end += 1;
  return end;
}

/** The docstring at the beginning of a body. */
function docstring(body: string): string {
  const text = body.match(/^\s*"""([^]*?)"""/)?.[1] ?? '';
  const [first = '', ...rest] = text.split('\n');
  const indent = Math.min(...rest.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return [first, ...rest.map((line) => line.slice(Number.isFinite(indent) ? indent : 0))]
    .join('\n')
    .trim();
}

/** Parameters without `self`, on one line, and types without the module that compiles them. */
function tidy(signature: string): string {
  return signature
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace('( ', '(')
    .replace(/,? \)/, ')')
    .replace(/\(self(?:, )?/, '(')
    .replaceAll('_core.', '');
}

function declarationsAt(lines: readonly string[], indent: number): Declaration[] {
  const found: Declaration[] = [];
  const start = new RegExp(`^ {${indent}}(def|class) (\\w+)`);
  for (let i = 0; i < lines.length; i += 1) {
    const [, word, name = ''] = lines[i]!.match(start) ?? [];
    if (word === undefined) continue;
    let end = i;
    while (!/:$/.test(lines[end]!)) end += 1;
    const bodyEnd = blockEnd(lines, end + 1, indent + 1);
    const body = lines.slice(end + 1, bodyEnd);
    const head = lines
      .slice(i, end + 1)
      .join('\n')
      .trim()
      .replace(/:$/, '');
    const isProperty = /^@(?:cached_)?property$/.test(lines[i - 1]?.trim() ?? '');
    const members = word === 'class' ? declarationsAt(body, indent + 4) : [];
    const made = members.find((member) => member.name === '__init__');
    found.push({
      name,
      comment: docstring(body.join('\n')),
      signature:
        word === 'class'
          ? `class ${name}${made?.signature.match(/\([^]*\)/)?.[0] ?? ''}`
          : isProperty
            ? tidy(head).replace(/^def (\w+)\(\) -> /, '$1: ')
            : tidy(head).replace(/^def /, ''),
      members: members.filter((member) => !member.name.startsWith('_') && member.comment !== ''),
    });
    i = bodyEnd - 1;
  }
  return found;
}

/** The public functions and classes of a Python file of this project, with their docstrings. */
export function pythonDeclarations(text: string): Declaration[] {
  return declarationsAt(text.split('\n'), 0).filter(({ name }) => !name.startsWith('_'));
}
