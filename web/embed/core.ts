import liveUrl from 'synthgen/live.wasm?url';
import tasksUrl from 'synthgen/tasks.wasm?url';

import workerUrl from './worker.ts?worker&url'; // oxlint-disable-line import/default -- made by the bundler

import { SharedCore } from './shared_core';

/**
 * The worker's own script, a `blob:`: browsers start workers only from the page's own origin, and a view's
 * script may come from another one. It imports the views' worker once it runs, which a page's
 * `script-src` has to allow (an import at its head would be subject to `worker-src`); calls that come
 * before wait.
 */
const scriptOf = (url: string, modules: object) => `
globalThis.synthgenModules = ${JSON.stringify(modules)};
const early = [];
const keep = ({ data }) => early.push(data);
addEventListener('message', keep);
import(${JSON.stringify(url)}).then(() => {
  removeEventListener('message', keep);
  for (const data of early) dispatchEvent(new MessageEvent('message', { data }));
}, reportError);
`;

let script: string | undefined;

function startWorker(): Worker {
  // Addresses as bundlers write them are absolute or relative to the script that has them.
  const absolute = (url: string) => new URL(url, import.meta.url).href;
  script ??= URL.createObjectURL(
    new Blob(
      [scriptOf(absolute(workerUrl), { live: absolute(liveUrl), tasks: absolute(tasksUrl) })],
      { type: 'text/javascript' },
    ),
  );
  return new Worker(script, { type: 'module' });
}

let shared: SharedCore | undefined;

/**
 * The page's only worker, to begin with for what the first view is about. If it cannot start, the next
 * view tries again.
 */
export async function sharedCore(about: string): Promise<SharedCore> {
  const core = (shared ??= new SharedCore(startWorker));
  try {
    await core.describe(about);
  } catch (error) {
    if (shared === core) shared = undefined;
    throw error;
  }
  return core;
}
