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

/**
 * The module that a worker runs for a visitor's code: the code, then an import of the core's worker
 * module, which is loaded before the code runs and receives its class and text.
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
 * A script that parses the code in a function that is never called, then posts a message. Browsers
 * report why a script cannot be parsed, but not why a module cannot.
 */
export function parsingScript(code: string): string {
  return `async () => { 'use strict'; ${withConstant(code) ?? ''}\n};\nself.postMessage(null);\n`;
}

/** How long a worker may take to start and parse code. */
const patienceMs = 30_000;

type Uncaught = Pick<ErrorEvent, 'message' | 'filename' | 'lineno'>;

/** The browser's message for code that failed, with the line if it is known. */
export function uncaught(
  { message, filename, lineno }: Uncaught,
  code: string,
): string | undefined {
  if (!message) return undefined;
  const words = message.replace(/^Uncaught (Error: )?/, '');
  // The lines after the code call it: what is missing there is missing at the code's end.
  const line = Math.min(lineno, code.split('\n').length);
  return line > 0 && filename.startsWith('blob:') ? `line ${line}: ${words}` : words;
}

/** The code's syntax error; undefined if it has none, or if only imports kept it from loading. */
export function syntaxError(code: string): Promise<string | undefined> {
  const url = URL.createObjectURL(new Blob([parsingScript(code)], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return new Promise<string | undefined>((resolve) => {
    worker.addEventListener('message', () => resolve(undefined));
    worker.addEventListener('error', (event) => {
      const isImport = /\bimport\b/.test(event.message);
      resolve(isImport ? undefined : uncaught(event, code));
    });
    setTimeout(() => resolve(undefined), patienceMs);
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}
