declare module 'virtual:formats' {
  import type { Format } from 'synthgen';

  /** The formats that the core knows. */
  const formats: Format[];
  export default formats;
}

declare module 'virtual:tasks' {
  /** The names of the families that live.wasm leaves to tasks.wasm. */
  const tasks: string[];
  export default tasks;
}

declare module 'virtual:schema' {
  import type { Schema } from './panels/blocks/schema';

  /** Of the parameters that are lists or objects. */
  const schema: { properties: Record<string, Schema>; $defs: Record<string, Schema> };
  export default schema;
}

declare module 'virtual:preset_pictures' {
  /** The first tokens of a preset's first sequences. */
  export interface PresetPicture {
    /** The class of a token's kind, and its colour where that is of its place. */
    looks: [kind: string, colour?: string][];
    /** For each sequence a character for each token, counted from `0`: its look. */
    rows: string[];
  }

  /** By the preset's name. */
  const pictures: Record<string, PresetPicture>;
  export default pictures;
}

declare module 'virtual:sandbox' {
  /** The document of the frame that runs a visitor's code. */
  export const frameDocument: string;
  /** The script that serves the core to a visitor's code, see `code_worker.ts`. */
  export const runnerScript: string;
}
