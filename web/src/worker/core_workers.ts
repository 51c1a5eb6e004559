/** The live page's own worker. */
export const coreWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** A worker for files, with all that the core can do. */
export const fullWorker = () =>
  new Worker(new URL('./full_worker.ts', import.meta.url), { type: 'module' });
