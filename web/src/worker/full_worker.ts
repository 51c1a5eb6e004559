// The worker for files, the visitor's and those to be made, and for the floor: the whole module.

import { createSynthgen } from 'synthgen';
import wasmUrl from 'synthgen/synthgen.wasm?url';

import { datasetCalls, movedBytes } from './dataset_calls';
import { expectedCalls } from './expected_calls';
import { fileCalls } from './file_calls';
import { floorCalls } from './floor_calls';
import type { Answers, FullWorkerCalls } from './messages';
import { serve } from './serve';
import { splitCalls } from './split_calls';
import { curriculumCalls } from './stage_files';

const core = createSynthgen({ wasmUrl });

const answers: Answers<FullWorkerCalls> = {
  ...fileCalls(core),
  ...floorCalls(core),
  ...expectedCalls(core),
  ...splitCalls(core),
  ...curriculumCalls(core),
  ...datasetCalls(core, ({ generator }, config) => generator(config)),
};

serve(answers, movedBytes);
