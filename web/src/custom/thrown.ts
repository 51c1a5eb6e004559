/** Where a visitor's code stands in the script of its worker. */
export interface Place {
  /** How many lines come before it. */
  before: number;
  lines: number;
}

/** Places in a stack that a browser writes: `blob:…:line:column`. */
const places = /blob:[^\s()]*?:(\d+):\d+/g;

/** The line of the code in which an error arose; undefined if its stack has none. */
export function lineOf(stack: unknown, { before, lines }: Place): number | undefined {
  if (typeof stack !== 'string') return undefined;
  for (const [, place] of stack.matchAll(places)) {
    const line = Number(place) - before;
    if (line >= 1 && line <= lines) return line;
  }
  return undefined;
}

/** The error with its line in front of the message, if that is known. */
export function located(error: unknown, place: Place): unknown {
  if (!(error instanceof Error)) return error;
  const line = lineOf(error.stack, place);
  if (line === undefined || /^line \d+: /.test(error.message)) return error;
  return new Error(`line ${line}: ${error.message || error.name}`);
}

/** The line and the words of an error that nobody caught, as browsers word them. */
export function described(
  error: unknown,
  place: Place,
): { line: number | undefined; words: string } {
  if (!(error instanceof Error)) return { line: undefined, words: String(error) };
  const { name, message, stack } = error;
  return { line: lineOf(stack, place), words: name === 'Error' ? message : `${name}: ${message}` };
}

/** The line that a message about code names. */
export function lineNamed(message: string): number | undefined {
  const line = /(?:^|: )line (\d+): /.exec(message)?.[1];
  return line === undefined ? undefined : Number(line);
}
