import type { Parameter } from 'synthgen';

import { decodeHash, encodeHash } from './hash';
import type { Store } from './store';

/**
 * Keeps the address and the store in step: a committed change becomes a history entry, going back
 * or opening another link becomes a visit. `notice` hears what of a link could not be used.
 */
export function bindHistory(
  store: Store,
  parameters: readonly Parameter[],
  notice: (notices: string[]) => void,
): void {
  store.subscribe((state, change) => {
    if (change !== 'commit') return;
    const hash = `#${encodeHash(state, parameters)}`;
    if (hash !== location.hash) history.pushState(null, '', hash);
    notice([]);
  });
  window.addEventListener('popstate', () => {
    const { state, notices } = decodeHash(location.hash, parameters);
    notice(notices);
    store.set(state, 'visit');
  });
}
