/** The measures that charts and numbers show beyond the core's default ones. */
export const slowMeasures = ['lag_equality', 'mutual_information', 'zipf_exponent'];
