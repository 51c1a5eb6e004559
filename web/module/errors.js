/** What the core refused: its message, and the bad fields where fields were checked. */
export class SynthgenError extends Error {
  constructor({ kind, message, problems = [] }) {
    super(message);
    this.name = 'SynthgenError';
    this.kind = kind;
    this.problems = problems;
  }
}

/** The value of a raw result; throws its error otherwise. */
export function unwrap(result) {
  if (result.error !== undefined) throw new SynthgenError(result.error);
  return result.value;
}
