/** A place inside a value: indices of lists and keys of objects. */
export type Path = readonly (number | string)[];

/** The place as the core's errors name it: `templates[0][1].of`. */
export function pathText(root: string, path: Path): string {
  return path.reduce<string>(
    (text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${step}`),
    root,
  );
}

type Members = Record<string, unknown>;

/** The value with a part of it changed; undefined takes the part away. */
export function withPart(value: unknown, path: Path, change: (part: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...(value as unknown[])] : [];
    const part = withPart(list[step], rest, change);
    if (part === undefined) list.splice(step, 1);
    else list[step] = part;
    return list;
  }
  const { [step]: old, ...others } = value as Members;
  const part = withPart(old, rest, change);
  if (part === undefined) return others;
  return old === undefined ? { ...others, [step]: part } : { ...(value as Members), [step]: part };
}

/** The list with an entry moved by one place, if it can be. */
export function moved(list: readonly unknown[], from: number, by: -1 | 1): unknown[] {
  const to = from + by;
  const next = [...list];
  if (to < 0 || to >= next.length) return next;
  [next[from], next[to]] = [next[to], next[from]];
  return next;
}
