import type { Refusal } from '../worker/messages';

/** What the core refused, with the bad fields where fields were checked. */
export class Refused extends Error implements Refusal {
  readonly kind: string;
  readonly problems: Refusal['problems'];

  constructor({ kind, message, problems }: Refusal) {
    super(message);
    this.kind = kind;
    this.problems = problems;
  }
}
