/** The benchmark's results as text. */

const digits = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

function verdict({ absent, reached, goal }) {
  if (absent) return 'not available here';
  if (goal === '') return '';
  return reached ? 'yes' : 'MISSED';
}

const cells = (result) => [
  result.name,
  result.ns_per_token === undefined ? '–' : digits(result.ns_per_token),
  [
    result.absent ? '–' : digits(result.value),
    result.unit === '×' ? `${result.of} ${result.peer}` : result.unit,
  ].join(' '),
  result.goal,
  verdict(result),
];

/** Rows of equal columns; the first column is aligned to the left, `numeric` ones to the right. */
function aligned(rows, numeric) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (numeric.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
}

/** Groups of results, [{title, results}], as one table. */
export function table(groups) {
  const head = ['', 'ns/token', 'compared', 'goal', 'reached'];
  const rows = aligned(
    [head, ...groups.flatMap(({ results }) => results.map((result) => cells(result)))],
    [1],
  );
  const lines = [rows[0]];
  let next = 1;
  for (const { title, results } of groups) {
    lines.push('', title, ...rows.slice(next, next + results.length));
    next += results.length;
  }
  return lines.join('\n');
}

/** Instructions by name, [{name, instructions_per_token}], or why there are none. */
export function instructionTable(counted) {
  if (counted.absent) {
    return `Instructions per token: not counted, ${counted.absent} is missing (tools/setup bench)`;
  }
  const rows = counted.map(({ name, instructions_per_token: count }) => [name, digits(count)]);
  return [
    'Instructions per token, which no load of the machine changes',
    ...aligned(rows, [1]),
  ].join('\n');
}

/** How many goals were reached, of those that could be measured. */
export function closingLine(groups) {
  const judged = groups
    .flatMap(({ title, results }) => results.map((result) => ({ ...result, title })))
    .filter(({ goal, absent }) => goal !== '' && !absent);
  const missed = judged
    .filter(({ reached }) => !reached)
    .map(({ title, name, peer }) => `${title}: ${name}${peer === '' ? '' : ` (${peer})`}`);
  const start = `${judged.length - missed.length} of ${judged.length} goals reached`;
  return missed.length === 0 ? start : `${start}; missed: ${missed.join('; ')}`;
}
