const outcome = ({ failed, blockedBy }) => {
  if (blockedBy !== undefined) return `not run: needs ${blockedBy}`;
  return failed.length > 0 ? 'FAILED' : 'ok';
};

const sum = (results, count) => results.reduce((total, result) => total + count(result), 0);

/** Minutes and counts of each stage, as text. */
export function table(results) {
  const rows = results.map((result) => [
    result.name,
    result.minutes.toFixed(2),
    String(result.passed),
    String(result.failed.length),
    String(result.skipped.length),
    outcome(result),
  ]);
  const total = sum(results, ({ minutes }) => minutes).toFixed(2);
  const lines = [['stage', 'minutes', 'passed', 'failed', 'skipped', ''], ...rows, ['all', total]];
  return lines
    .map(([name, ...cells]) => name.padEnd(18) + cells.map((cell) => cell.padStart(9)).join(''))
    .join('\n');
}

/** Names of what failed and of what was skipped, a line each. */
export function remarks(results) {
  const lines = (word, names) =>
    results.flatMap((result) => names(result).map((name) => `${word}: ${result.name}: ${name}`));
  return [
    ...lines('SKIPPED', ({ skipped }) => skipped),
    ...lines('FAILED', ({ failed }) => failed),
  ].join('\n');
}

/** The closing line. */
export function closingLine(results) {
  const passed = sum(results, (result) => result.passed);
  const failed = sum(results, (result) => result.failed.length);
  const skipped = sum(results, (result) => result.skipped.length);
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
