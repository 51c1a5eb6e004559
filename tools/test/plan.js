/**
 * The stages to run: all (long ones only when asked), or those whose names contain one of `words`
 * (long ones only when asked, or where the word names no other), with everything that they need.
 * Fails when a word names no stage.
 */
export function plan(stages, { words = [], long = false } = {}) {
  const unknown = words.filter((word) => !stages.some(({ name }) => name.includes(word)));
  if (unknown.length > 0) {
    const known = stages.map(({ name }) => name).join(', ');
    throw new Error(`no stage is named like '${unknown.join("', '")}'; known: ${known}`);
  }
  const usual = (list) => list.filter(({ long: isLong = false }) => long || !isLong);
  const named = (word) => {
    const all = stages.filter(({ name }) => name.includes(word));
    return usual(all).length > 0 ? usual(all) : all;
  };
  const chosen = words.length > 0 ? words.flatMap(named) : usual(stages);
  const wanted = new Set(chosen.map(({ name }) => name));
  for (const stage of stages.toReversed()) {
    if (wanted.has(stage.name)) stage.needs.forEach((need) => wanted.add(need));
  }
  return stages.filter(({ name }) => wanted.has(name));
}
