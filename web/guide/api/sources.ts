const files: Record<string, string> = {
  ...import.meta.glob<string>('../../module/{*,types/*}.d.ts', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../tools/python/synthgen/{*,torch/*}.py', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>(
    '../../../cpp/synthgen/{config,generate,law,analyze,analyze/measures,dataset/write,dataset/check,dataset/curriculum,formats}/*.hpp',
    { query: '?raw', import: 'default', eager: true },
  ),
};

/** The text of a file that declares something public, by the end of its path. */
export function sourceOf(path: string): string {
  const found = Object.entries(files).find(([name]) => name.endsWith(`/${path}`));
  if (found === undefined) throw new Error(`no source file ${path}`);
  return found[1];
}
