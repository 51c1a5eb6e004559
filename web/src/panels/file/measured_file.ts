import type { Limits } from 'synthgen';

import { comparisonsOf } from '../../model/comparisons';
import type { Stage, StageFile } from '../../model/curriculum';
import type { OpenFile } from '../../model/open_file';
import type { Reading } from '../../model/reading';
import { CoreClient, measureFile } from '../../worker/client';
import { fullWorker } from '../../worker/core_workers';
import type { FileMeasures, FileProgress } from '../../worker/messages';

/** What charts and numbers show of a file; how it was made is unknown. */
export function fileReading({ report, series, measures }: FileMeasures): Reading {
  return {
    report,
    isComplete: true,
    series,
    truth: [],
    config: undefined,
    shares: [],
    comparisons: comparisonsOf({ report, truth: [], series, measures }),
    expectedLags: undefined,
    // The file's own panel shows the validation.
    validation: undefined,
    measures,
    awaitsFloor: false,
  };
}

let lastId = 0;

/** A file with the worker that has it open. */
export class MeasuredFile implements OpenFile {
  readonly id = ++lastId;
  readonly name: string;
  readonly file: File;
  readonly core: CoreClient;
  readonly measures: FileMeasures;
  readonly reading: Reading;

  private constructor(file: File, core: CoreClient, measures: FileMeasures) {
    this.name = file.name;
    this.file = file;
    this.core = core;
    this.measures = measures;
    this.reading = fileReading(measures);
  }

  /** Measures a file. `started` gets the worker, whose end cancels it. */
  static async read(
    file: File,
    limits: Limits,
    started: (core: CoreClient) => void,
    progress: (sofar: FileProgress) => void,
  ): Promise<MeasuredFile> {
    const core = new CoreClient(fullWorker);
    started(core);
    const measures = await measureFile(core, { file, name: file.name, limits }, progress);
    return new MeasuredFile(file, core, measures);
  }

  preview(part: Parameters<OpenFile['preview']>[0]): ReturnType<OpenFile['preview']> {
    return this.core.call('fileRows', part);
  }

  curriculum(stages: readonly Stage[]): Promise<StageFile[]> {
    return this.core.call('fileCurriculum', stages);
  }
}
