import { SynthgenError } from 'synthgen';
import type { Analyzer, Limits, SequenceBatch, Synthgen, Validator } from 'synthgen';

import { complexitySeries } from '../model/curriculum';
import type { LinePiece } from './line_pieces';
import { groupsFor } from './measure_groups';
import type { FileMeasures } from './messages';
import { readable, wholeBatches } from './visitor_file';

/** Measures and validates a file, piece by piece. */
export class FileMeasuring {
  readonly #synthgen: Synthgen;
  readonly #name: string;
  /** What the visitor says of the file, if anything. */
  readonly #knownVocabSize: number | undefined;
  readonly #analyzer: Analyzer;
  readonly #seriesGroups: string[];
  readonly #validator: Validator;
  readonly #series = new Map<string, number[]>();
  /** The largest id so far, plus 1. */
  #smallestVocabSize = 1;
  sequences = 0;
  /** Whether the file turned out to be no text, in spite of its name. */
  isRefused = false;

  constructor(synthgen: Synthgen, name: string, limits: Limits) {
    this.#synthgen = synthgen;
    this.#name = name;
    const measures = groupsFor(synthgen.measures(), 'at_once', 'after_preview', 'of_files');
    // First, because it names everything that is wrong with the limits.
    this.#validator = synthgen.validator(limits);
    const vocabSize = limits.vocab_size;
    this.#knownVocabSize = vocabSize;
    this.#analyzer = synthgen.analyzer({
      measures,
      ...(vocabSize !== undefined && { vocabSize }),
    });
    this.#seriesGroups = groupsFor(
      synthgen.measures().filter(({ per_sequence }) => per_sequence !== ''),
      'at_once',
    );
  }

  /** The known size of the vocabulary, else the largest id plus 1, as `synthgen curriculum` takes it. */
  get vocabSize(): number {
    return this.#knownVocabSize ?? this.#smallestVocabSize;
  }

  add({ bytes, firstLine }: LinePiece): void {
    if (firstLine === 1) this.#checkContent(bytes);
    if (this.isRefused) return;
    this.#validator.addText(bytes, this.#name, firstLine);
    for (const batch of readable(this.#synthgen, bytes)) this.#measure(batch);
  }

  /** A whole file, some sequences at a time, up to the first fault; gives the bytes read so far. */
  *addFile(bytes: Uint8Array): Generator<number> {
    this.#validator.addFile(bytes, this.#name);
    for (const { batch, bytesRead } of wholeBatches(this.#synthgen, bytes, this.#name)) {
      this.#measure(batch);
      yield bytesRead;
    }
  }

  finish(): FileMeasures {
    const report = this.#analyzer.report();
    const entropies = this.#series.get('entropy');
    const lengths = this.#series.get('length');
    if (entropies && lengths) {
      const complexities = this.#synthgen.entropyComplexities(entropies, lengths, this.vocabSize);
      this.#series.set(complexitySeries, [...complexities]);
    }
    const validation = this.#validator.report();
    this.#analyzer.delete();
    this.#validator.delete();
    const measures = this.#synthgen.measures();
    return { report, series: this.#series, validation, measures };
  }

  /** Refuses a text that is, by its first bytes, a file of another kind: Parquet, NPY. */
  #checkContent(start: Uint8Array): void {
    const name = this.#name.replace(/\.gz$/, '');
    try {
      this.#synthgen.openFile(start, name).delete();
    } catch (error) {
      if (!(error instanceof SynthgenError) || error.kind !== 'data') throw error;
      this.isRefused = true;
      this.#validator.addFile(start, name); // which says what it is
    }
  }

  #measure(batch: SequenceBatch): void {
    this.#analyzer.add(batch);
    this.#addSeries(batch);
    if (this.#knownVocabSize === undefined) {
      const size = this.#synthgen.smallestVocabSize(batch);
      this.#smallestVocabSize = Math.max(this.#smallestVocabSize, size);
    }
    this.sequences += batch.offsets.length - 1;
  }

  #addSeries(batch: SequenceBatch): void {
    const options = { perSequence: true, measures: this.#seriesGroups };
    const { per_sequence } = this.#synthgen.analyzeSequences(batch, options);
    for (const [name, values] of Object.entries<(number | null)[]>(per_sequence ?? {})) {
      const list = this.#series.get(name) ?? [];
      for (const value of values) if (value !== null) list.push(value);
      this.#series.set(name, list);
    }
  }
}
