/** A text field's text and the selection in it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** What to put in the place of the text from `start` to `end`, and how much of it to select. */
export interface Edit {
  start: number;
  end: number;
  insert: string;
  /** Whether what was inserted stays selected. */
  select?: boolean;
}

const indent = '  ';

const lineStart = ({ text, start }: Selected) => text.lastIndexOf('\n', start - 1) + 1;

/** Tab: two spaces, or all selected lines two further in. */
export function tabEdit(selected: Selected): Edit {
  const { text, start, end } = selected;
  if (!text.slice(start, end).includes('\n')) return { start, end, insert: indent };
  const first = lineStart(selected);
  const insert = text.slice(first, end).replace(/^(?=.)/gm, indent);
  return { start: first, end, insert, select: true };
}

/** Enter: a line that begins where this one does, further in behind what opens something. */
export function enterEdit(selected: Selected): Edit {
  const { text, start, end } = selected;
  const line = text.slice(lineStart(selected), start);
  const spaces = line.match(/^ */)?.[0] ?? '';
  const opens = /(?:[{([]|=>)\s*$/.test(line);
  return { start, end, insert: `\n${spaces}${opens ? indent : ''}` };
}
