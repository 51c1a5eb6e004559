/**
 * The stages to run: all (long ones only when asked), or those whose names contain one of `words`,
 * with everything that they need. Fails when a word names no stage.
 */
export function plan(stages, { words = [], long = false } = {}) {
  const unknown = words.filter((word) => !stages.some(({ name }) => name.includes(word)));
  if (unknown.length > 0) {
    const known = stages.map(({ name }) => name).join(', ');
    throw new Error(`no stage is named like '${unknown.join("', '")}'; known: ${known}`);
  }
  const wanted = new Set(
    stages
      .filter(({ name, long: isLong = false }) =>
        words.length > 0 ? words.some((word) => name.includes(word)) : long || !isLong,
      )
      .map(({ name }) => name),
  );
  for (const stage of stages.toReversed()) {
    if (wanted.has(stage.name)) stage.needs.forEach((need) => wanted.add(need));
  }
  return stages.filter(({ name }) => wanted.has(name));
}
