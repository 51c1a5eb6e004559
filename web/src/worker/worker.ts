// The worker of the live page, with the module that has what the page shows.

import type { LiveSynthgen } from 'synthgen/live';
import wasmUrl from 'synthgen/live.wasm?url';

import { detailOf } from './detail_calls';
import { loadLiveCore } from './live_core';
import type { Answers, PreviewWorkerCalls } from './messages';
import { previewCalls } from './preview_calls';
import { serve } from './serve';

const core = loadLiveCore(wasmUrl);

const answers: Answers<PreviewWorkerCalls> = {
  describe: async () =>
    (await core).use(({ version, streamVersion, parameters, families, measures }) => ({
      version,
      streamVersion,
      parameters: parameters(),
      families: families(),
      measures: measures(),
    })),
  detail: async (request) => (await core).use((module) => detailOf(module, request)),
  ...previewCalls<LiveSynthgen>(
    async (call) => (await core).use(call),
    (module, config) => module.generator(config),
  ),
};

serve(answers);
