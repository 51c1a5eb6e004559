/**
 * Runs `ask` for the newest argument only: at most one call is under way, what comes meanwhile
 * replaces what waits, and only an answer to the newest argument is delivered.
 */
export function latest<Argument, Answer>(
  ask: (argument: Argument) => Promise<Answer>,
  deliver: (answer: Answer) => void,
  fail: (error: unknown) => void,
): (argument: Argument) => void {
  let waiting: { argument: Argument } | undefined;
  let busy = false;

  async function run(argument: Argument): Promise<void> {
    busy = true;
    try {
      const answer = await ask(argument);
      if (waiting === undefined) deliver(answer);
    } catch (error) {
      if (waiting === undefined) fail(error);
    }
    busy = false;
    if (waiting === undefined) return;
    const next = waiting.argument;
    waiting = undefined;
    void run(next);
  }

  return (argument) => {
    if (busy) waiting = { argument };
    else void run(argument);
  };
}
