import type { Stage } from '../../model/curriculum';

/** Smallest integer from 0 to `count` for which `holds` fails; it holds for all below. */
function firstNot(count: number, holds: (rank: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of so many ranked sequences a stage takes: as the core counts them, bounds included. */
export function takenBy(
  { min_complexity, max_complexity }: Pick<Stage, 'min_complexity' | 'max_complexity'>,
  sequences: number,
): number {
  const share = (rank: number) => (sequences < 2 ? 0 : rank / (sequences - 1));
  const first = firstNot(sequences, (rank) => share(rank) < min_complexity);
  const end = firstNot(sequences, (rank) => share(rank) <= max_complexity);
  return Math.max(0, end - first);
}

export type StageKey = keyof Stage;

/** What is wrong with stages: the first problem of each field, by the stage's index and the key. */
export function problemsOf(stages: readonly Stage[]): Map<string, string> {
  const problems = new Map<string, string>();
  const refuse = (i: number, key: StageKey, words: string) => problems.set(`${i}.${key}`, words);
  stages.forEach((stage, i) => {
    const { name, min_complexity: from, max_complexity: to, max_length: longest } = stage;
    const isBound = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
    if (!/^[A-Za-z0-9_][\w.-]{0,99}$/.test(name))
      refuse(i, 'name', 'letters, digits, _, - and ., not first - or .');
    else if (stages.findIndex((other) => other.name === name) < i)
      refuse(i, 'name', 'another stage has this name');
    if (!isBound(from)) refuse(i, 'min_complexity', 'a number from 0 to 1');
    else if (isBound(to) && from > to) refuse(i, 'min_complexity', `at most ${to}`);
    if (!isBound(to)) refuse(i, 'max_complexity', 'a number from 0 to 1');
    if (!Number.isSafeInteger(longest) || longest < 1)
      refuse(i, 'max_length', 'an integer of at least 1');
  });
  return problems;
}
