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

/** How long a worker may take to start and parse code. */
const patienceMs = 30_000;

type Uncaught = Pick<ErrorEvent, 'message' | 'filename' | 'lineno'>;

/** What the browser says of code that broke, with the line where it knows it. */
export function uncaught(
  { message, filename, lineno }: Uncaught,
  code: string,
): string | undefined {
  if (!message) return undefined;
  const words = message.replace(/^Uncaught (Error: )?/, '');
  // Behind the code's last line stands what calls it: what is missing there is missing at its end.
  const line = Math.min(lineno, code.split('\n').length);
  return line > 0 && filename.startsWith('blob:') ? `line ${line}: ${words}` : words;
}

/** What keeps the code from being parsed; undefined where nothing does, or only its imports. */
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
