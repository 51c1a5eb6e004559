/** Hears one answer; `isNewest` tells that no newer argument waits for its own. */
type Listener<T> = (outcome: T, isNewest: boolean) => void;

/**
 * Runs `ask` for the newest argument: one call is under way at a time, and what comes meanwhile
 * replaces what waits, so that work never queues up. Answers arrive in the order of their arguments.
 */
export function latest<Argument, Answer>(
  ask: (argument: Argument) => Promise<Answer>,
  deliver: Listener<Answer>,
  fail: Listener<unknown>,
): (argument: Argument) => void {
  let waiting: { argument: Argument } | undefined;
  let isBusy = false;

  async function run(argument: Argument): Promise<void> {
    isBusy = true;
    try {
      const answer = await ask(argument);
      deliver(answer, waiting === undefined);
    } catch (error) {
      fail(error, waiting === undefined);
    }
    isBusy = false;
    if (waiting === undefined) return;
    const next = waiting.argument;
    waiting = undefined;
    void run(next);
  }

  return (argument) => {
    if (isBusy) waiting = { argument };
    else void run(argument);
  };
}
