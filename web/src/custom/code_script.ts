import type { Place } from './thrown';

/** Comments and strings, which may contain `export default`, and the words themselves. */
const wordsInCode =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\bexport\s+default\b/g;

const constant = 'const generatorClass =';

/** The code with its default export as a constant, on the same lines; undefined without one. */
export function withConstant(code: string): string | undefined {
  let isFound = false;
  const changed = code.replace(wordsInCode, (words) => {
    if (isFound || !words.startsWith('export')) return words;
    isFound = true;
    return constant;
  });
  return isFound ? changed : undefined;
}

/** Where a code stands in its script, after a runner. */
export const placeOf = (code: string, runner: string): Place => ({
  before: runner.split('\n').length + 1,
  lines: code.split('\n').length,
});

/**
 * The script that a worker runs for a visitor's code: the runner, then a function with the code that
 * waits for the core before the code runs, and afterwards gives the runner its class and text.
 */
export function codeScript(code: string, runner: string): string | undefined {
  const changed = withConstant(code);
  if (changed === undefined) return undefined;
  const place = JSON.stringify(placeOf(code, runner));
  return [
    runner,
    "(async function () { 'use strict'; await synthgenRunner.load();",
    changed,
    `;synthgenRunner.serveClass(generatorClass, ${JSON.stringify(code)}, ${place});`,
    `})().catch((error) => synthgenRunner.fail(error, ${place}));`,
    '',
  ].join('\n');
}

/** What a worker did not catch. */
export interface Fault {
  message: string;
  /** In the worker's script; 0 if unknown. */
  line: number;
}

/** The browser's message for code that failed, with the line if it is known. */
export function uncaught({ message, line }: Fault, { before, lines }: Place): string | undefined {
  if (!message) return undefined;
  const words = message.replace(/^Uncaught (Error: )?/, '');
  // The lines after the code call it: what is missing there is missing at the code's end.
  const inCode = Math.min(line - before, lines);
  return inCode > 0 ? `line ${inCode}: ${words}` : words;
}
