import type {
  ChunkPlace,
  Config,
  DatasetFile,
  DatasetOptions,
  DatasetPiece,
  EncodedChunk,
  Item,
  Limits,
  Measure,
  Preset,
  Problem,
  Report,
  Split,
  ValidationReport,
} from 'synthgen';

import type { Stage, StageFile } from '../model/curriculum';
import type { SampleExpectations } from '../model/expected';
import type { Floor } from '../model/floor';
import type { Description, Preview, PreviewRequest } from '../model/preview';
import type { DetailedReport } from '../model/reading';
import type { SplitMeasures, StructureSums } from '../model/whole_split';

/** Sequences, and the config that made them. */
export interface DetailRequest {
  config: Config;
  split: Split;
  /** What the sequences should keep to. */
  limits: Limits;
  tokens: Uint32Array;
  offsets: Uint32Array;
  padding: Uint32Array | undefined;
}

/** What takes longer to find out about sequences than a preview may. */
export interface Detail {
  report: DetailedReport;
  /** At each lag the share of equal tokens that the config promises, where it is known. */
  expectedLags: (number | null)[] | undefined;
  validation: ValidationReport;
}

/** Some sequences of a split. */
export interface FloorRequest extends PreviewRequest {
  count: number;
}

/** As many sequences as a report is of. */
export interface ExpectedRequest extends FloorRequest {
  report: Partial<Report>;
}

/** A file of the visitor's, and what its sequences should keep to. */
export interface FileRequest {
  file: Blob;
  name: string;
  limits: Limits;
}

/** Which of the open file's sequences to show; the split is that of the page's view. */
export type FileRowsRequest = Pick<PreviewRequest, 'split' | 'from'>;

/** How far a file has been read. */
export interface FileProgress {
  bytes: number;
  sequences: number;
}

/** Everything measured on a file. */
export interface FileMeasures {
  report: Report & DetailedReport;
  /** The values of the sequences by their name in `per_sequence`. */
  series: ReadonlyMap<string, number[]>;
  validation: ValidationReport;
  /** What can be measured. */
  measures: Measure[];
}

/** A dataset and how its files are written. */
export interface DatasetRequest {
  config: Config;
  options: DatasetOptions;
}

/** What there is to ask about the datasets of a generator: one row each. */
export interface DatasetCalls {
  preview: { argument: PreviewRequest; answer: Preview };
  /** The canonical form of a config; refused where the config is not allowed. */
  settings: { argument: Config; answer: Config };
  /** Opens a dataset: its files. */
  openDataset: { argument: DatasetRequest; answer: DatasetFile[] };
  /** The open dataset's next piece, null after the last. */
  nextChunk: { argument: null; answer: DatasetPiece | null };
  /** The open dataset's metadata.json, once nextChunk has answered null. */
  manifest: { argument: null; answer: string };
}

/** Everything that some worker answers. */
export interface Calls extends DatasetCalls {
  /** `argument` is what the page will ask about, such as its link: it decides what is loaded first. */
  describe: { argument: string; answer: Description };
  detail: { argument: DetailRequest; answer: Detail };
  openFile: { argument: FileRequest; answer: null };
  /** Measures the open file's next piece; null after the last. */
  nextPiece: { argument: null; answer: FileProgress | null };
  /** What was measured, once nextPiece has answered null. */
  fileMeasures: { argument: null; answer: FileMeasures };
  /** What the best possible model pays on these sequences, and what shortcuts get. */
  floor: { argument: FloorRequest; answer: Floor };
  /** What is expected of them. */
  expected: { argument: ExpectedRequest; answer: SampleExpectations };
  openSplit: { argument: Pick<PreviewRequest, 'config' | 'split'>; answer: null };
  /** Measures some sequences of the open split. */
  measurePart: { argument: { first: number; count: number }; answer: StructureSums };
  /** What was measured so far, for `mergeParts` of another worker. */
  savePart: { argument: null; answer: Uint8Array<ArrayBuffer> };
  /** Adds what other workers have measured, and reports on all of it. */
  mergeParts: { argument: Uint8Array[]; answer: SplitMeasures };
  /** The open dataset's next piece, or the place of the chunk that it needs next. */
  nextPart: { argument: null; answer: DatasetPiece | { due: ChunkPlace } | null };
  /** Encodes a chunk of the open dataset, for `appendChunk` of the worker that has asked for it. */
  encodeChunk: { argument: ChunkPlace; answer: EncodedChunk };
  /** Takes the chunk that is due, and gives its bytes back: they move, and are never copied. */
  appendChunk: { argument: EncodedChunk; answer: Pick<EncodedChunk, 'bytes'> };
  /** Turns lines of JSONL into bytes of a Parquet file, often none yet. */
  parquetLines: { argument: Uint8Array; answer: Uint8Array<ArrayBuffer> };
  /** The end of that file; the next lines begin another. */
  parquetEnd: { argument: null; answer: Uint8Array<ArrayBuffer> };
  /** The settings of papers. */
  presets: { argument: null; answer: Preset[] };
  /** A page of the measured file's sequences. */
  fileRows: { argument: FileRowsRequest; answer: Preview };
  /** The measured file in stages; refused where it is too large for a page. */
  fileCurriculum: { argument: readonly Stage[]; answer: StageFile[] };
  /** The same of a generated split, by its canonical config. */
  splitCurriculum: {
    argument: { config: Config; split: Split; stages: readonly Stage[] };
    answer: StageFile[];
  };
}

/** What the live page's worker answers. */
export type PreviewWorkerCalls = Pick<Calls, 'describe' | 'preview' | 'settings' | 'detail'>;

/** What the worker for files answers. */
export type FullWorkerCalls = Omit<Calls, keyof PreviewWorkerCalls | keyof ParquetCalls>;

/** What the worker for Parquet files answers. */
export type ParquetCalls = Pick<Calls, 'parquetLines' | 'parquetEnd'>;

export type CallName = keyof Calls;

/** For each call of a worker what answers it. */
export type Answers<Answered> = {
  [Name in keyof Answered & CallName]: (
    argument: Calls[Name]['argument'],
  ) => Promise<Calls[Name]['answer']>;
};

/** Whoever can be asked for datasets, until it is closed. */
export interface DatasetClient {
  call<Name extends keyof DatasetCalls>(
    name: Name,
    argument: Calls[Name]['argument'],
  ): Promise<Calls[Name]['answer']>;
  close(): void;
}

export type Request = {
  [Name in CallName]: { id: number; name: Name; argument: Calls[Name]['argument'] };
}[CallName];

export interface Refusal {
  kind: string;
  message: string;
  problems: Problem[];
}

export type Response = { id: number } & ({ answer: unknown } | { refusal: Refusal });

/**
 * What a worker with a visitor's code is about to do, told before it does it: load the code, wait
 * for calls, make that sequence.
 */
export interface Beat {
  beat: 'load' | 'wait' | Item;
}
