import type {
  Config,
  Expectation,
  Family,
  Latents,
  Measure,
  Parameter,
  Problem,
  Report,
  Split,
} from 'synthgen';

/** What the core says of itself, asked once. */
export interface Description {
  version: string;
  streamVersion: number;
  parameters: Parameter[];
  families: Family[];
  measures: Measure[];
}

export interface PreviewRequest {
  config: Config;
  split: Split;
  from: number;
}

/** A screenful of sequences with everything known and measured about them. */
export interface Preview {
  /** Canonical: every key that the family uses. */
  config: Config;
  notes: string[];
  truth: Expectation[];
  split: Split;
  from: number;
  tokens: Uint32Array;
  offsets: Uint32Array;
  latents: Latents[];
  /** Padding tokens at the end of each sequence, where there are any. */
  padding: Uint32Array | undefined;
  report: Report;
  generate_ms: number;
  analyze_ms: number;
}

/** A piece of one of the dataset's files. */
export interface Chunk {
  file: string;
  sequences: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The calls that the worker answers: one row each, argument and answer. */
export interface Calls {
  describe: { argument: null; answer: Description };
  preview: { argument: PreviewRequest; answer: Preview };
  openDataset: { argument: { config: Config; latents: boolean }; answer: null };
  /** The open dataset's next piece, null behind the last. */
  nextChunk: { argument: null; answer: Chunk | null };
  /** The open dataset's metadata.json, once nextChunk has answered null. */
  manifest: { argument: null; answer: string };
}

export type CallName = keyof Calls;

export type Request = {
  [Name in CallName]: { id: number; name: Name; argument: Calls[Name]['argument'] };
}[CallName];

export interface Refusal {
  kind: string;
  message: string;
  problems: Problem[];
}

export type Response = { id: number } & ({ answer: unknown } | { refusal: Refusal });
