/** Features that the page needs and the browser lacks. */
export function missingFeatures(scope: typeof globalThis = globalThis): string[] {
  const needs: [string, boolean][] = [
    ['WebAssembly', typeof scope.WebAssembly === 'object'],
    ['WebAssembly exceptions', hasWasmExceptions(scope)],
    ['module workers', hasModuleWorkers(scope)],
  ];
  return needs.filter(([, hasIt]) => !hasIt).map(([name]) => name);
}

/** Whether the browser reads the option `type` of a worker. */
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
    // Only whether the option was read matters.
  }
  URL.revokeObjectURL(url);
  return asked;
}

/** Whether the browser accepts a module with a tag section, which C++ exceptions need. */
function hasWasmExceptions(scope: typeof globalThis): boolean {
  if (typeof scope.WebAssembly !== 'object') return true;
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 13, 3, 1, 0, 0];
  return scope.WebAssembly.validate(new Uint8Array(bytes));
}

/** Registration waits until the first data is on the page. */
const delayMs = 1000;

/**
 * Keeps the site's files for visits without a network. If that fails (no secure context, storage
 * refused), the page still works with a network.
 */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => {
    navigator.serviceWorker
      .register(new URL('service_worker.js', document.baseURI))
      .catch(() => undefined);
  }, delayMs);
}

const addressKey = 'synthgen-address';

/**
 * Makes a return from the guide or the reference lead back to the settings that were left: their
 * links name the page alone. Only for this tab, and not if storage is refused.
 */
export function keepAddress(): void {
  try {
    const site = location.origin + location.pathname.replace(/[^/]*$/, '');
    const cameFrom = document.referrer.startsWith(site);
    const left = sessionStorage.getItem(addressKey);
    if (cameFrom && location.hash === '' && left) history.replaceState(null, '', left);
    window.addEventListener('pagehide', () => sessionStorage.setItem(addressKey, location.hash));
  } catch {
    // Without storage the page opens as for a first visit.
  }
}
