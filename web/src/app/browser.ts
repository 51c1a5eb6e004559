/** What the page cannot do without, where the browser lacks it; empty where it has everything. */
export function missingFeatures(scope: typeof globalThis = globalThis): string[] {
  const needs: [string, boolean][] = [
    ['WebAssembly', typeof scope.WebAssembly === 'object'],
    ['WebAssembly exceptions', hasWasmExceptions(scope)],
    ['module workers', hasModuleWorkers(scope)],
  ];
  return needs.filter(([, isThere]) => !isThere).map(([name]) => name);
}

/** A browser that knows module workers asks for the option `type`. */
function hasModuleWorkers(scope: typeof globalThis): boolean {
  if (typeof scope.Worker !== 'function') return false;
  let asked = false;
  const options = {
    get type(): 'module' {
      asked = true;
      return 'module';
    },
  };
  const url = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
  try {
    new scope.Worker(url, options).terminate();
  } catch {
    // Only the question matters.
  }
  URL.revokeObjectURL(url);
  return asked;
}

/** A module with a tag section, as C++ that catches has. */
function hasWasmExceptions(scope: typeof globalThis): boolean {
  if (typeof scope.WebAssembly !== 'object') return true;
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 13, 3, 1, 0, 0];
  return scope.WebAssembly.validate(new Uint8Array(bytes));
}

/** Until then the page has its own work to do. */
const delayMs = 1000;

/**
 * Keeps the site's files for visits without a network. Nothing waits for it, and where it fails (no
 * secure context, storage refused) the page works as before, with a network.
 */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => {
    navigator.serviceWorker
      .register(new URL('service_worker.js', document.baseURI))
      .catch(() => undefined);
  }, delayMs);
}
