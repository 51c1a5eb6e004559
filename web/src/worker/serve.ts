import { TooLong } from './preview_calls';
import type { Refusal, Request } from './messages';

/** What was refused: by the core with a kind of its own, or because something broke. */
function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Error)) return { kind: 'internal', message: String(error), problems: [] };
  const { message } = error;
  const { kind, problems = [] } = error as Error & Partial<Refusal>;
  return { kind: kind ?? (error instanceof TooLong ? 'too_long' : 'internal'), message, problems };
}

/**
 * Answers this worker's requests; what an answer throws becomes its refusal. `moved` lists what of
 * an answer the page gets without a copy.
 */
export function serve(
  answers: { [name: string]: ((argument: never) => Promise<unknown>) | undefined },
  moved: (answer: unknown) => Transferable[] = () => [],
): void {
  self.addEventListener(
    'message',
    async ({ data: { id, name, argument } }: MessageEvent<Request>) => {
      try {
        const answer = await answers[name]?.(argument as never);
        self.postMessage({ id, answer }, { transfer: moved(answer) });
      } catch (error) {
        self.postMessage({ id, refusal: refusalOf(error) });
      }
    },
  );
}
