import { App } from './app/app';
import { keepAddress, keepForOffline, missingFeatures } from './app/browser';
import { element, fill } from './dom/element';
import { CoreClient } from './worker/client';
import { coreWorker } from './worker/core_workers';

/** Shows why there is no page instead of it. */
function refuse(root: HTMLElement, reason: string, details: string): void {
  fill(
    root,
    element(
      'div',
      { class: 'start-message', role: 'alert' },
      element('h1', {}, 'synthgen could not start'),
      element('p', {}, reason),
      element('p', {}, element('code', {}, details)),
    ),
  );
}

async function start(root: HTMLElement): Promise<void> {
  const missing = missingFeatures();
  if (missing.length > 0) {
    const reason = `The page needs features that this browser lacks: ${missing.join(', ')}.`;
    return refuse(root, reason, navigator.userAgent);
  }
  try {
    keepAddress();
    const core = new CoreClient(coreWorker);
    void new App(root, core, await core.call('describe', location.hash));
    keepForOffline();
  } catch (error) {
    const reason = 'The page needs WebAssembly, module workers and all files of its own site.';
    refuse(root, reason, String(error));
  }
}

const root = document.getElementById('app');
if (root) void start(root);
