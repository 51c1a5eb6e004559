import { describe, expect, test } from 'vitest';

import { declarationsIn } from '../../../../web/guide/api/declarations';
import { pythonDeclarations } from '../../../../web/guide/api/python';
import { sourceOf } from '../../../../web/guide/api/sources';
import { renderGuide } from '../../../../web/guide/render';

const { pages: guide } = await renderGuide();

const header = `#pragma once
namespace a {

/// Stands alone.

/// One \`number\`
///
/// and more.
inline constexpr int limit = (1 << 3) - 1;

class Forward;

/// Makes things.
class Maker final : public Base {
 public:
  explicit Maker(int n) : n_(n), m_{n} {}
  Maker(const Maker&) = delete;

  /// How many.
  int count() const noexcept { return n_; }
  template <class T>
  T get(const std::string& key, T fallback = {}) const {
    if (key.empty()) return fallback;
    return {};
  }
  bool lasts = false;  ///< for ever

 private:
  int n_;
};

Json to_json(const F& uses = [](int) { return true; });

}  // namespace a
`;

describe('C++ headers', () => {
  const found = declarationsIn(header, 'cpp');

  test('declare functions, classes and constants with their comments', () => {
    expect(found.map(({ name, comment }) => [name, comment])).toEqual([
      ['', 'Stands alone.'],
      ['limit', 'One `number`\n\nand more.'],
      ['Maker', 'Makes things.'],
      ['to_json', ''],
    ]);
    expect(found[3]?.signature).toBe('Json to_json(const F& uses = [](int) { return true; });');
  });

  test('show public members without bodies', () => {
    expect(found[2]?.signature).toBe('class Maker final : public Base');
    expect(found[2]?.members.map(({ signature, comment }) => [signature, comment])).toEqual([
      ['explicit Maker(int n);', ''],
      ['int count() const noexcept;', 'How many.'],
      ['template <class T>\nT get(const std::string& key, T fallback = {}) const;', ''],
      ['bool lasts = false;', 'for ever'],
    ]);
  });
});

test('TypeScript declarations keep types over several lines, and members their comments', () => {
  const text = `import type { A } from './a.js';

/** A thing. */
export interface Thing {
  /** The {braces} of a kind. */
  kind:
    | 'one'
    | 'two';
  make(options?: {
    n: number;
  }): A;
}

export function load(): Promise<Thing>;
`;
  const [thing, load, ...others] = declarationsIn(text, 'js');
  expect(others).toEqual([]);
  expect(thing?.members.map(({ name, comment }) => [name, comment])).toEqual([
    ['kind', 'The {braces} of a kind.'],
    ['make', ''],
  ]);
  expect(thing?.members[1]?.signature).toBe('make(options?: {\n  n: number;\n}): A;');
  expect([load?.name, load?.signature]).toEqual(['load', 'function load(): Promise<Thing>;']);
});

test('Python functions and classes have their docstrings, without what is private', () => {
  const text = `class Reader(Base):
    """Reads.

    More.
    """

    def __init__(self, path: str, *, end: int = 3) -> None:
        self.path = path

    @property
    def size(self) -> int:
        """How large."""
        return 1

    def _hidden(self) -> None:
        """Not shown."""


def read(
    path: str,
    **options: Any,
) -> Reader:
    """Opens it."""
    return Reader(path)


def _private() -> None:
    """Not shown."""
`;
  const [reader, read, ...others] = pythonDeclarations(text);
  expect(others).toEqual([]);
  expect(reader?.signature).toBe('class Reader(path: str, *, end: int = 3)');
  expect(reader?.comment).toBe('Reads.\n\nMore.');
  expect(reader?.members.map(({ signature, comment }) => [signature, comment])).toEqual([
    ['size: int', 'How large.'],
  ]);
  expect([read?.signature, read?.comment]).toEqual([
    'read(path: str, **options: Any) -> Reader',
    'Opens it.',
  ]);
});

const modules = import.meta.glob<string>('../../../../web/module/{*,types/*}.d.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

for (const [file, source] of Object.entries(modules)) {
  const path = file.replace(/^.*\/web\/module\//, '');
  const exported = [
    ...source.matchAll(/^export (?:declare )?(?:interface|type|class|function) (\w+)/gm),
  ].map(([, name]) => name);

  test(`${path}: what it exports is found, and nothing else`, () => {
    const found = declarationsIn(source, 'js').filter(({ signature }) => signature !== '');
    expect(found.map(({ name }) => name)).toEqual(exported);
    for (const { signature } of found) expect(signature).not.toMatch(/^(?:export|declare) /);
  });

  test(`${path}: what it exports is on the API page`, () => {
    const page = guide.get('api/javascript')?.body;
    for (const name of exported)
      expect(page).toContain(`id="${path.replace('.d.ts', '').replaceAll('/', '-')}-${name}"`);
  });
}

test('the view’s element is a class with its members', () => {
  const declared = declarationsIn(sourceOf('module/view.d.ts'), 'js');
  const view = declared.find(({ name }) => name === 'SynthgenView');
  expect(view?.signature).toBe('class SynthgenView extends HTMLElement');
  expect(view?.comment).toMatch(/^`<synthgen-view>`/);
  expect(view?.members.map(({ name, comment }) => [name, comment])).toEqual([
    ['current', 'The settings as the reader has changed them; undefined before the first data.'],
  ]);
});

test('the functions of a Python module are found', () => {
  const python = pythonDeclarations(sourceOf('tools/python/synthgen/measuring.py'));
  expect(python.length).toBeGreaterThan(8);
});
