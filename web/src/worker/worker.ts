// The worker of the live page: the small module, which has what the page shows.

import wasmUrl from '../../../build/wasm/preview.wasm?url';

import { loadPreviewCore } from '../core/preview_core';
import { detailOf } from './detail_calls';
import type { Answers, PreviewWorkerCalls } from './messages';
import { previewCalls } from './preview_calls';
import { serve } from './serve';

const core = loadPreviewCore(wasmUrl);

const answers: Answers<PreviewWorkerCalls> = {
  describe: async () => (await core).describe(),
  detail: async (request) => detailOf(await core, request),
  ...previewCalls(core),
};

serve(answers);
