/** What may hide the words `export default` without meaning them, or the words themselves. */
const wordsInCode =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\bexport\s+default\b/g;

const constant = 'const generatorClass =';

/** The code with its default export as a constant, its lines where they were; undefined without one. */
export function withConstant(code: string): string | undefined {
  let isFound = false;
  const changed = code.replace(wordsInCode, (words) => {
    if (isFound || !words.startsWith('export')) return words;
    isFound = true;
    return constant;
  });
  return isFound ? changed : undefined;
}

/**
 * The module that a worker runs for a visitor's code: the code, then the core's worker module, which
 * is imported before the code runs, and gets the class and the text.
 */
export function codeModule(code: string, workerUrl: string): string | undefined {
  const changed = withConstant(code);
  if (changed === undefined) return undefined;
  return [
    changed,
    `;import ${JSON.stringify(workerUrl)};`,
    `serveClass(generatorClass, ${JSON.stringify(code)});`,
    '',
  ].join('\n');
}

/**
 * A script that only parses the code, in a function that nobody calls, and then posts a message: of
 * a module that cannot be parsed a browser does not say why, of a script it does.
 */
export function parsingScript(code: string): string {
  return `async () => { 'use strict'; ${withConstant(code) ?? ''}\n};\nself.postMessage(null);\n`;
}
