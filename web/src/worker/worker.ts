import { createSynthgen } from 'synthgen';
import wasmUrl from 'synthgen/synthgen.wasm?url';

import { datasetCalls } from './dataset_calls';
import { detailOf } from './detail_calls';
import { fileCalls } from './file_calls';
import type { Answers, Calls } from './messages';
import { serve } from './serve';

const core = createSynthgen({ wasmUrl });

const answers: Answers<Calls> = {
  async describe() {
    const { version, streamVersion, parameters, families, measures } = await core;
    return {
      version,
      streamVersion,
      parameters: parameters(),
      families: families(),
      measures: measures(),
    };
  },
  detail: async (request) => detailOf(await core, request),
  ...fileCalls(core),
  ...datasetCalls(core, ({ generator }, config) => generator(config)),
};

serve(answers);
