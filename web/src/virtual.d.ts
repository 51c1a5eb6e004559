declare module 'virtual:formats' {
  import type { Format } from 'synthgen';

  /** The formats that the core knows. */
  const formats: Format[];
  export default formats;
}

declare module 'virtual:sandbox' {
  /** The document of the frame that runs a visitor's code. */
  export const frameDocument: string;
  /** The script that serves the core to a visitor's code, see `code_worker.ts`. */
  export const runnerScript: string;
}
