import { fileURLToPath } from 'node:url';
import { dirname, resolve } from 'node:path';

import type { Plugin } from 'vite';

const styles = fileURLToPath(new URL('styles.ts', import.meta.url));
const prefix = '\0shadow-styles:';

/** A style sheet of the page as one of a shadow tree: what is of the root is of the tree's host. */
export function forShadow(css: string): string {
  return css
    .replaceAll(/:root\[data-theme='(\w+)'\]/g, ":host([theme='$1'])")
    .replaceAll(':root[data-theme]', ':host([theme])')
    .replaceAll(':root', ':host');
}

/** Makes each style sheet that a script imports one of all views' shadow trees. */
export function shadowStyles(): Plugin {
  return {
    name: 'shadow-styles',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith('.css') || !importer?.endsWith('.ts')) return undefined;
      return `${prefix}${resolve(dirname(importer), source)}.js`;
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const file = id.slice(prefix.length, -'.js'.length);
      return [
        `import text from ${JSON.stringify(`${file}?inline`)};`,
        `import { addStyles } from ${JSON.stringify(styles)};`,
        'addStyles(text);',
      ].join('\n');
    },
    transform(code, id) {
      return id.endsWith('.css?inline') ? forShadow(code) : undefined;
    },
  };
}
