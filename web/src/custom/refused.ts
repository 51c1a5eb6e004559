/** A function that fails by its name, whatever it is called with. */
function refusing(name: string) {
  return function refused(): never {
    throw new Error(
      `${name} is not available: a sequence must be the same on every run; use this.random() or this.randomInteger(n)`,
    );
  };
}

/** Makes all that differs from run to run fail by its name. */
export function refuseClocks(): void {
  const replace = (owner: object, key: string, name: string) =>
    Object.defineProperty(owner, key, { value: refusing(name) });
  replace(Math, 'random', 'Math.random');
  const NoDate = refusing('Date');
  for (const key of ['now', 'parse', 'UTC']) replace(NoDate, key, `Date.${key}`);
  const { prototype } = Date;
  Object.defineProperty(prototype, 'constructor', { value: NoDate });
  Object.defineProperty(globalThis, 'Date', { value: NoDate });
  replace(performance, 'now', 'performance.now');
  replace(crypto, 'getRandomValues', 'crypto.getRandomValues');
  replace(crypto, 'randomUUID', 'crypto.randomUUID');
}
