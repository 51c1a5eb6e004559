import type {
  Config,
  Expectation,
  Family,
  Latents,
  LatentShares,
  Limits,
  Measure,
  Parameter,
  Report,
  Split,
  TokenStructure,
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

/** A page of sequences of one split with everything known and measured about them. */
export interface Preview {
  /** Name of the visitor's file that they are from; undefined for generated ones. */
  file?: string;
  /** Canonical: every key that the family uses. */
  config: Config;
  notes: string[];
  /** What is expected of the split, and what its sequences keep to. */
  truth: Expectation[];
  limits: Limits;
  split: Split;
  from: number;
  /** How many sequences the split has; none of them is beyond it. */
  splitSize: number;
  /** How many sequences a preview of this split can hold. */
  pageSize: number;
  tokens: Uint32Array;
  offsets: Uint32Array;
  /** What each token is: `kinds` are indices into `kindNames`. */
  structure: TokenStructure;
  kindNames: string[];
  latentShares: LatentShares;
  /** Padding tokens at the end of each sequence, where there are any. */
  padding: Uint32Array | undefined;
  /** The sequences that the text view shows, as a file has them. */
  jsonl: string;
  report: Report;
  generate_ms: number;
  analyze_ms: number;
}

const latents = new WeakMap<Preview, (Latents | null)[]>();

/** What is known of each sequence beyond its tokens; read from the text on first use. */
export function latentsOf(preview: Preview): (Latents | null)[] {
  const known =
    latents.get(preview) ??
    (JSON.parse(new TextDecoder().decode(preview.structure.latents)) as (Latents | null)[]);
  latents.set(preview, known);
  return known;
}
