import { parsingScript } from './code_module';

/** How long a worker may take to parse code. */
const patienceMs = 2000;

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
