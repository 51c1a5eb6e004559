/** The mean; undefined for no values. */
export function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard error of the mean, from the values' own spread; infinite for fewer than two. */
export function standardError(values: readonly number[]): number {
  if (values.length < 2) return Infinity;
  const middle = mean(values) ?? 0;
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** How many standard errors a mean may be off before it counts as different. */
export const tolerance = 4;

/** A mean and its standard error. */
export interface Estimate {
  mean: number;
  error: number;
}

/** The estimate that values over sequences give; undefined for none. */
export function estimateOf(values: readonly number[]): Estimate | undefined {
  const middle = mean(values);
  return middle === undefined ? undefined : { mean: middle, error: standardError(values) };
}

/**
 * Whether a mean is as expected. A share of `tokens` tokens gets at least the error of independent
 * tokens: where a rare event never happened, the values' own spread is 0.
 */
export function agrees(measured: Estimate, expected: number, tokens: number): boolean {
  const isShare = expected > 0 && expected < 1;
  const counting = isShare ? Math.sqrt((expected * (1 - expected)) / tokens) : 0;
  const rounding = 1e-9 * Math.max(1, Math.abs(expected));
  const error = Math.max(measured.error, counting);
  return Math.abs(measured.mean - expected) <= tolerance * error + rounding;
}
