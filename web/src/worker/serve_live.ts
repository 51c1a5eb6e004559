import type { LiveSynthgen } from 'synthgen/live';

import { detailOf } from './detail_calls';
import { compiledFrom, LiveCore, moduleFor, type ModuleName } from './live_core';
import type { Answers, PreviewWorkerCalls } from './messages';
import { movedArrays, previewCalls } from './preview_calls';
import { serve } from './serve';

/**
 * Answers the live page's calls with the modules at these addresses, of which it loads those that the
 * calls need; `hasVectors` where vector instructions may be loaded as well.
 */
export function serveLive(urls: Record<ModuleName, string>, hasVectors = false): void {
  let core: LiveCore | undefined;
  const coreFor = (argument: unknown) =>
    (core ??= new LiveCore(
      (name) => compiledFrom(urls[name]),
      moduleFor(JSON.stringify(argument) ?? ''),
    ));
  const { settings, preview } = previewCalls<LiveSynthgen>(
    (call, argument) => coreFor(argument).use(call),
    (module, config) => module.generator(config),
  );
  let previews = 0;
  const answers: Answers<PreviewWorkerCalls> = {
    describe: (about) =>
      coreFor(about).use(({ version, streamVersion, parameters, families, measures }) => ({
        version,
        streamVersion,
        parameters: parameters(),
        families: families(),
        measures: measures(),
      })),
    detail: (request) => coreFor(request.config).use((module) => detailOf(module, request)),
    settings,
    preview: (request) => {
      previews += 1;
      // Once a visitor changes something.
      if (hasVectors && previews === 2) coreFor(request).speedUp();
      return preview(request);
    },
  };
  serve(answers, movedArrays);
}
