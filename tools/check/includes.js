import { posix } from 'node:path';

/** Layers of the core in the order of their dependencies; a file includes its own and earlier ones. */
const layers = [
  'random',
  'config',
  'io',
  'law',
  'generate',
  'formats',
  'analyze',
  'expect',
  'advise',
  'score',
  'dataset',
];

const layerIn = (folder) => {
  const rank = layers.indexOf(folder);
  return rank < 0 ? layers.length : rank;
};

/** Where a C++ file stands: {rank, name}; nothing for files that may include everything. */
function placeOf(path) {
  const core = path.match(/^cpp\/synthgen\/([^/]+)\//);
  if (core) return { rank: layerIn(core[1]), name: core[1] };
  const outer = path.match(/^cpp\/(cli|wasm|preview)\//);
  return outer ? { rank: layers.length, name: outer[1] } : undefined;
}

function misdirectedInclude(place, included) {
  const core = included.match(/^synthgen\/([^/]+)\//);
  if (core) {
    if (!layers.includes(core[1])) return `'${core[1]}' is no layer; known: ${layers.join(', ')}`;
    if (layerIn(core[1]) > place.rank) {
      return `${place.name} may not include ${core[1]}: the order is ${layers.join(' → ')} → cli | wasm | preview`;
    }
    return undefined;
  }
  const outer = included.match(/^(cli|wasm|preview)\//)?.[1];
  if (outer !== undefined && outer !== place.name) return `${place.name} may not include ${outer}`;
  return undefined;
}

function misdirectedImport(path, imported) {
  const inModule = path.startsWith('web/module/');
  if (!imported.startsWith('.')) {
    return inModule && !imported.startsWith('node:')
      ? 'the module imports no packages, so that it has no dependencies'
      : undefined;
  }
  const target = posix.join(posix.dirname(path), imported);
  if (inModule) {
    return target.startsWith('web/module/') || target.startsWith('build/wasm/synthgen.')
      ? undefined
      : 'web/module may only import itself and the compiled module';
  }
  return target.startsWith('web/') || target === 'build/wasm/preview.wasm?url'
    ? undefined
    : 'web may only import web, the compiled preview and packages';
}

const includeLine = /^\s*#\s*include\s+"([^"]+)"/;
const importSpecifier = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(['"])([^'"]+)\1/g;

/** Includes and imports of `text` that point the wrong way: [{line, message}]. */
export function misdirected(path, text) {
  const found = [];
  const place = placeOf(path);
  const isWeb = /^web\/.*\.(js|ts)$/.test(path) && !path.endsWith('.config.ts');
  if (place === undefined && !isWeb) return found;
  text.split('\n').forEach((content, index) => {
    const note = (message) => message && found.push({ line: index + 1, message });
    if (place !== undefined) {
      const included = content.match(includeLine)?.[1];
      if (included !== undefined) note(misdirectedInclude(place, included));
    } else {
      for (const [, , imported] of content.matchAll(importSpecifier)) {
        note(misdirectedImport(path, imported));
      }
    }
  });
  return found;
}
