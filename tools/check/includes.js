import { posix } from 'node:path';

/** Rooms of the core in order; a file includes its own room and earlier ones. */
const coreRooms = [
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

/** What is built on the core; none of these includes another. */
const outerRooms = ['cli', 'wasm', 'python'];

/** Rooms of the page in order, with the files of web/src itself after them. */
const pageRooms = ['model', 'dom', 'state', 'worker', 'custom', 'charts', 'panels', 'app'];

const coreOrder = `${coreRooms.join(' → ')} → ${outerRooms.join(' | ')}`;
const pageOrder = pageRooms.join(' → ');

const coreRoomOf = (path) => path.match(/^cpp\/synthgen\/([^/]+)\//)?.[1];
const outerRoomOf = (path) => path.match(/^cpp\/([^/]+)\//)?.[1];
const pageRoomOf = (path) => path.match(/^web\/src\/([^/]+)\//)?.[1];

function misdirectedInclude(path, target) {
  const includer = coreRoomOf(path) ?? outerRoomOf(path);
  const included = coreRoomOf(target);
  if (included === undefined) {
    const outer = outerRoomOf(target);
    return outerRooms.includes(outer) && outer !== includer
      ? `${includer} may not include ${outer}`
      : undefined;
  }
  if (!coreRooms.includes(included)) {
    return `'${included}' is not a room of the core; known: ${coreRooms.join(', ')}`;
  }
  const rank = coreRoomOf(path) === undefined ? Infinity : coreRooms.indexOf(includer);
  return coreRooms.indexOf(included) > rank
    ? `${includer} may not include ${included}: the order is ${coreOrder}`
    : undefined;
}

function misdirectedInPage(path, target) {
  const [importer, imported] = [pageRoomOf(path), pageRoomOf(target)];
  for (const room of [importer, imported]) {
    if (room !== undefined && room !== 'theme' && !pageRooms.includes(room)) {
      return `'${room}' is not a room of the page; known: ${pageRooms.join(', ')}`;
    }
  }
  if (importer === undefined || imported === 'theme') return undefined;
  if (imported === undefined) return `${importer} may not import the page's entry files`;
  return pageRooms.indexOf(imported) > pageRooms.indexOf(importer)
    ? `${importer} may not import ${imported}: the order is ${pageOrder}`
    : undefined;
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
    return target.startsWith('web/module/') || target.startsWith('build/wasm/')
      ? undefined
      : 'web/module may only import itself and the compiled modules';
  }
  if (target.startsWith('web/src/') && path.startsWith('web/src/')) {
    return misdirectedInPage(path, target);
  }
  return target.startsWith('web/') || /^build\/wasm\/\w+\.wasm\?url$/.test(target)
    ? undefined
    : 'web may only import web, the compiled modules and packages';
}

const includeLine = /^\s*#\s*include\s+"([^"]+)"/;
const importSpecifier = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(['"])([^'"]+)\1/g;

const isCpp = (path) =>
  coreRoomOf(path) !== undefined || (/^cpp\//.test(path) && outerRooms.includes(outerRoomOf(path)));
const isWeb = (path) => /^web\/.*\.(js|ts)$/.test(path) && !path.endsWith('.config.ts');

/** What a file includes or imports: [{line, name}], as written. */
function mentions(path, text) {
  const ofLine = (content) => {
    if (isCpp(path)) return [content.match(includeLine)?.[1]].filter(Boolean);
    return isWeb(path) ? [...content.matchAll(importSpecifier)].map(([, , name]) => name) : [];
  };
  return text
    .split('\n')
    .flatMap((content, index) => ofLine(content).map((name) => ({ line: index + 1, name })));
}

/** Includes and imports of `text` that point the wrong way: [{line, message}]. */
export function misdirected(path, text) {
  return mentions(path, text).flatMap(({ line, name }) => {
    const message = isCpp(path)
      ? misdirectedInclude(path, `cpp/${name}`)
      : misdirectedImport(path, name);
    return message === undefined ? [] : [{ line, message }];
  });
}

/** The shortest way from one room to another: a list of rooms, undefined if there is none. */
function wayBetween(from, to, neighbours) {
  const cameFrom = new Map([[from, undefined]]);
  for (const room of cameFrom.keys()) {
    if (room === to) {
      const way = [];
      for (let at = to; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
      return way;
    }
    for (const next of neighbours(room)) if (!cameFrom.has(next)) cameFrom.set(next, room);
  }
  return undefined;
}

/** Where a link stands among the suspects: links into a room's own inner rooms come first. */
const rankOf = ({ from, target, places }) =>
  target.startsWith(`${from}/`) ? places.length - 1e6 : places.length;

/**
 * Includes and imports that close a circle between rooms, which are folders of any depth. A room
 * inside another may include that one, so of a circle the way back into the inner room is at fault,
 * else the link with the fewest includes. `files` has pairs of path and text; the answer is
 * [{path, line, message}].
 */
export function circles(files) {
  const links = new Map();
  for (const [path, text] of files) {
    const room = posix.dirname(path);
    for (const { line, name } of mentions(path, text)) {
      if (!isCpp(path) && !name.startsWith('.')) continue;
      const target = posix.dirname(isCpp(path) ? `cpp/${name}` : posix.join(room, name));
      if (target === room) continue;
      const to = links.get(room) ?? new Map();
      links.set(room, to.set(target, [...(to.get(target) ?? []), { path, line }]));
    }
  }
  const neighbours = (room) => links.get(room)?.keys() ?? [];
  const faults = [];
  const suspects = [...links]
    .flatMap(([from, to]) => [...to].map(([target, places]) => ({ from, target, places })))
    .toSorted((one, other) => rankOf(one) - rankOf(other));
  for (const { from, target, places } of suspects) {
    const back = wayBetween(target, from, neighbours);
    if (back === undefined) continue;
    links.get(from).delete(target);
    const message = `closes a circle of rooms: ${[from, ...back].join(' → ')}`;
    faults.push(...places.map((place) => ({ ...place, message })));
  }
  return faults;
}
