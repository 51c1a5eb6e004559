import { SynthgenError } from 'synthgen';

import { TooLong } from './dataset_calls';
import type { Refusal, Request } from './messages';

function refusalOf(error: unknown): Refusal {
  if (error instanceof SynthgenError) {
    return { kind: error.kind, message: error.message, problems: error.problems };
  }
  const kind = error instanceof TooLong ? 'too_long' : 'internal';
  return { kind, message: error instanceof Error ? error.message : String(error), problems: [] };
}

/** Answers this worker's requests; what an answer throws becomes its refusal. */
export function serve(answers: {
  [name: string]: ((argument: never) => Promise<unknown>) | undefined;
}): void {
  self.addEventListener(
    'message',
    async ({ data: { id, name, argument } }: MessageEvent<Request>) => {
      try {
        self.postMessage({ id, answer: await answers[name]?.(argument as never) });
      } catch (error) {
        self.postMessage({ id, refusal: refusalOf(error) });
      }
    },
  );
}
