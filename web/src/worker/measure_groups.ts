import type { Measure } from 'synthgen';

/** Names of the groups that the page measures at one of these times. */
export function groupsFor(
  measures: readonly Measure[],
  ...times: readonly Measure['in_page'][]
): string[] {
  const chosen = measures.filter(({ in_page }) => times.includes(in_page));
  return [...new Set(chosen.map(({ group }) => group))];
}
