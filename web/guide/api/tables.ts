import { element, type Html } from '../../reference/markup';
import { declarationsIn, type Declaration } from './declarations';
import { apiEntry } from './entry';
import { pythonDeclarations } from './python';
import { sourceOf } from './sources';

/** The names that a package makes public, by those in its files: `open_files as open`. */
function exported(init: string): Map<string, string> {
  const imports = [...init.matchAll(/^from \.[\w.]* import (?:\(([^)]*)\)|(.*))$/gm)];
  const names = imports.flatMap(([, many, one]) => (many ?? one ?? '').split(','));
  return new Map(
    names
      .map((name) => name.trim().split(' as '))
      .filter(([name]) => name)
      .map(([name = '', alias = name]) => [name, alias]),
  );
}

function renamed(declaration: Declaration, name: string): Declaration {
  const signature = declaration.signature.replace(declaration.name, name);
  return { ...declaration, name, signature };
}

function entriesOf(declarations: readonly Declaration[], path: string): Html {
  if (declarations.length === 0) throw new Error(`${path} declares nothing`);
  const seen = new Map<string, number>();
  const prefix = path.replace(/\.[^/]*$/, '').replaceAll('/', '-');
  return element(
    'div',
    { class: 'api' },
    declarations.map((declaration) => {
      const count = seen.get(declaration.name) ?? 0;
      seen.set(declaration.name, count + 1);
      const id = `${prefix}-${declaration.name}`;
      return apiEntry(declaration, count === 0 ? id : `${id}-${count}`);
    }),
  );
}

function python(path: string): Html {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const names = exported(sourceOf(`tools/python/synthgen/${folder}__init__.py`));
  const declared = pythonDeclarations(sourceOf(`tools/python/synthgen/${path}`));
  return entriesOf(
    declared
      .filter(({ name }) => names.has(name))
      .map((declaration) => renamed(declaration, names.get(declaration.name)!)),
    path,
  );
}

/** What the libraries declare, made from their declarations: the argument is a file's path. */
export function apiTables(): Record<string, (path: string) => Html> {
  return {
    cpp: (path) => entriesOf(declarationsIn(sourceOf(`cpp/synthgen/${path}`), 'cpp'), path),
    javascript: (path) => entriesOf(declarationsIn(sourceOf(`module/${path}`), 'js'), path),
    python,
  };
}
