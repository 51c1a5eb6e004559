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
