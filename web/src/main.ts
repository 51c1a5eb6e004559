import { App } from './app';
import { element, fill } from './dom';
import { CoreClient } from './worker/client';

const root = document.getElementById('app');
if (root) {
  const core = new CoreClient();
  core
    .call('describe', null)
    .then((description) => new App(root, core, description))
    .catch((error: unknown) => {
      fill(
        root,
        element(
          'div',
          { class: 'start-message', role: 'alert' },
          element('h1', {}, 'synthgen could not start'),
          element(
            'p',
            {},
            'The page needs WebAssembly and module workers, and its own files beside it.',
          ),
          element('p', {}, element('code', {}, String(error))),
        ),
      );
    });
}
