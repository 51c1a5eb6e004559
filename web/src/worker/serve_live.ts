import type { LiveSynthgen } from 'synthgen/live';

import { detailOf } from './detail_calls';
import { loadLiveCore } from './live_core';
import type { Answers, PreviewWorkerCalls } from './messages';
import { movedArrays, previewCalls } from './preview_calls';
import { serve } from './serve';

/** Answers the live page's calls with the live.wasm at an address; `speedUp` loads what only saves time. */
export function serveLive(
  wasmUrl: string,
  speedUp?: (module: LiveSynthgen) => Promise<unknown>,
): void {
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
      // Once a visitor changes something.
      if (speedUp && previews === 2) void (await core).use(speedUp).catch(() => false);
      return preview(request);
    },
  };
  serve(answers, movedArrays);
}
