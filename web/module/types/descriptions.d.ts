// What there is: rows of the tables that forms, help and reference are made of.

/** One row of the parameter table. */
export interface Parameter {
  key: string;
  /** In words, for forms. */
  label: string;
  type: 'integer' | 'number' | 'word' | 'words' | 'integers' | 'json' | 'boolean';
  /** Null for JSON values, which have no default. */
  default: number | string | boolean | string[] | number[] | null;
  /** For integers, numbers and lists of integers. */
  minimum?: number;
  maximum?: number;
  /** For words. */
  choices?: string[];
  /** "tokens", "sequences", …; empty for a pure number. */
  unit: string;
  /** Heading under which forms list it. */
  group: string;
  /** The families that use it. */
  families: string[];
  /** How a slider should spread the range. */
  scale: 'linear' | 'logarithmic';
  help: string;
  /** The accepted values in words. */
  allowed: string;
}

export interface Family {
  name: string;
  summary: string;
  /** A few tokens that show the structure. */
  example: string;
  /** Whether it is a research task, which live.wasm describes and leaves to tasks.wasm to make. */
  is_task: boolean;
  /** Parameters of every family that this one takes at their defaults only. */
  untaken: string[];
}

/** The settings of a paper, or an example, and what is known about them. */
export interface Preset {
  name: string;
  summary: string;
  /** Only what differs from the defaults, and the family. */
  config: Record<string, unknown>;
  citation: string;
  /** What the reference's own code does differently or wrongly. */
  reference: string;
  /** What the best possible model pays. */
  floor: string;
  /** What a model reaches that does not solve the task. */
  shortcuts: string;
  /** The preset without the reference's defect, or with it; empty if there is none. */
  counterpart: string;
}

export interface Measure {
  name: string;
  /** The measures of a group come together, whichever is asked for. */
  group: string;
  /** Whether it is measured unless something else is asked for. */
  in_default: boolean;
  /** When the page measures it: with each preview, after it, of files only, or never. */
  in_page: 'at_once' | 'after_preview' | 'of_files' | 'never';
  /** Empty for a pure number. */
  unit: string;
  formula: string;
  range: string;
  source: string;
  /** The form of its value in a report. */
  kind: 'number' | 'counts' | 'ranking' | 'by_n' | 'curve' | 'distributions';
  /** Which sequences show what to expect of it, if the family has no closed form. */
  expected: 'never' | 'by_mean' | 'by_ratio' | 'by_dataset';
  needs_latents: boolean;
  /** The chart that the page draws of it from this description alone. */
  chart: 'none' | 'curve';
  /** Of a curve: the names of its lists (places, then lines over them), and the chart's texts. */
  curve?: { places: string; lines: string[]; title: string; across: string; up: string };
  /** The part of the page's table of numbers that lists it, and when. */
  section: 'statistics' | 'quality' | 'structure';
  listed: 'always' | 'if_measured' | 'if_expected';
  /** Name of its list in `per_sequence` and of its distribution; empty if it has none. */
  per_sequence: string;
}

/** A format that datasets can be written in. */
export interface Format {
  name: string;
  /** Of its files, with the dot. */
  extension: string;
  /** All by which files of this format are recognised. */
  extensions: string[];
  summary: string;
  /** Whether it can carry latents, the exact law, and an id between sequences. */
  latents: boolean;
  predictive: boolean;
  separator: boolean;
  /** Whether its files are text. */
  text: boolean;
  /** Types of ids that it has; empty for text. */
  dtypes: string[];
  /** Whether one file alone can be read from memory. */
  in_memory: boolean;
}
