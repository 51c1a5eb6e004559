/** Receives one answer; `isNewest` is true if no newer request is pending. */
type Listener<T> = (outcome: T, isNewest: boolean) => void;

/** How to end a call that nobody waits for any more. */
export interface Patience {
  /** How long a call may keep a newer argument waiting. */
  ms: number;
  /** Ends the call under way: its promise rejects soon. */
  abandon: () => void;
}

/**
 * Runs `ask` for the newest argument: one call is under way at a time, and what comes meanwhile
 * replaces what waits, so that work never queues up. Answers arrive in the order of their
 * arguments; a call that was abandoned for a newer argument is not heard of again.
 */
export function latest<Argument, Answer>(
  ask: (argument: Argument) => Promise<Answer>,
  deliver: Listener<Answer>,
  fail: Listener<unknown>,
  patience?: Patience,
): (argument: Argument) => void {
  let waiting: { argument: Argument } | undefined;
  let started: number | undefined;
  let isAbandoned = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(argument: Argument): Promise<void> {
    started = performance.now();
    isAbandoned = false;
    try {
      const answer = await ask(argument);
      if (!isAbandoned) deliver(answer, waiting === undefined);
    } catch (error) {
      if (!isAbandoned) fail(error, waiting === undefined);
    }
    clearTimeout(timer);
    timer = undefined;
    started = undefined;
    if (waiting === undefined) return;
    const next = waiting.argument;
    waiting = undefined;
    void run(next);
  }

  return (argument) => {
    if (started === undefined) {
      void run(argument);
      return;
    }
    waiting = { argument };
    if (patience === undefined || timer !== undefined) return;
    const left = started + patience.ms - performance.now();
    timer = setTimeout(() => {
      isAbandoned = true;
      patience.abandon();
    }, left);
  };
}
