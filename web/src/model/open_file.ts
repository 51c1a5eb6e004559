import type { Stage, StageFile } from './curriculum';
import type { Preview, PreviewRequest } from './preview';
import type { Reading } from './reading';

/** A visitor's file that was measured, whose sequences can be shown like generated ones. */
export interface OpenFile {
  /** Different for each file, and each time that it is measured. */
  readonly id: number;
  readonly name: string;
  /** What was measured on all of it. */
  readonly reading: Reading;
  preview(part: Pick<PreviewRequest, 'split' | 'from'>): Promise<Preview>;
  /** All of its sequences, divided into the stages of a curriculum. */
  curriculum(stages: readonly Stage[]): Promise<StageFile[]>;
}
