import { isCustom } from '../../model/custom_family';
import type { Stage, StageFile } from '../../model/curriculum';
import type { OpenFile } from '../../model/open_file';
import type { Preview } from '../../model/preview';
import { CoreClient } from '../../worker/client';
import { fullWorker } from '../../worker/core_workers';

/** What is in view. */
export interface InView {
  preview: Preview | undefined;
  file: OpenFile | undefined;
}

/** What a curriculum divides: the file in view, or the split whose first sequences are. */
export interface CurriculumData extends InView {
  sequences: number;
  /** Why there can be no files. */
  refusal?: string;
}

export interface CurriculumMaker {
  make: (stages: readonly Stage[]) => Promise<StageFile[]>;
  /** Ends the making at once; its promise rejects. Absent where it cannot be ended. */
  cancel?: () => void;
}

/** What is to be divided of what is in view. */
export function curriculumData({ preview, file: open }: InView): CurriculumData {
  const file = preview?.file === undefined ? undefined : open;
  const data = { sequences: preview?.splitSize ?? 0, preview, file };
  if (!preview || file || !isCustom({ config: preview.config })) return data;
  return { ...data, refusal: 'Sequences of your own code have no curriculum here.' };
}

/** Divides a file with the worker that has it open, or a split with one of its own. */
export function makerOf({ preview, file }: CurriculumData): CurriculumMaker {
  if (file) return { make: (stages) => file.curriculum(stages) };
  const core = new CoreClient(fullWorker);
  return {
    make: async (stages) => {
      if (!preview) return [];
      const { config, split } = preview;
      const files = await core.call('splitCurriculum', { config, split, stages });
      core.close();
      return files;
    },
    cancel: () => core.close(),
  };
}
