// The worker of the live page, with the module that has what the page shows.

import type { LiveSynthgen } from 'synthgen/live';
import wasmUrl from 'synthgen/live.wasm?url';

import { detailOf } from './detail_calls';
import { loadLiveCore } from './live_core';
import type { Answers, PreviewWorkerCalls } from './messages';
import { previewCalls } from './preview_calls';
import { serve } from './serve';

const core = loadLiveCore(wasmUrl);

const { settings, preview } = previewCalls<LiveSynthgen>(
  async (call) => (await core).use(call),
  (module, config) => module.generator(config),
);
let previews = 0;

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
  settings,
  preview: async (request) => {
    previews += 1;
    // What only saves time is loaded when a visitor changes something.
    if (previews === 2) void (await core).use((module) => module.useVectors()).catch(() => false);
    return preview(request);
  },
};

serve(answers);
