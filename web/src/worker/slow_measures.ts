import type { Synthgen } from 'synthgen';

/** The measures that charts and numbers show beyond the core's default ones. */
const names = ['lag_equality', 'mutual_information', 'zipf_exponent'];

/** Those of them that the core has. */
export function slowMeasures(synthgen: Synthgen): string[] {
  const known = new Set(synthgen.measures().map(({ name }) => name));
  return names.filter((name) => known.has(name));
}
