import type { Parameter } from 'synthgen';

import { decodeHash, encodeHash } from './hash';
import { type State, type Store } from './state';
import { changedConfigKeys } from '../model/differences';

/** Nudges of one setting within this time of each other share one entry. */
const nudgePauseMs = 1000;

/**
 * The address follows nudges at most once in this time: browsers limit how often it may change, and fetch
 * and draw the page's icon again each time.
 */
const addressPauseMs = 200;

/** The page's position among the history entries of this visit. */
export interface Place {
  canUndo: boolean;
  canRedo: boolean;
}

/** An entry's data: its number, and the number of the last entry when it was made. */
interface Entry {
  index: number;
  last: number;
}

function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  return Number.isInteger(entry?.index) && Number.isInteger(entry?.last);
}

/**
 * Keeps the address and the store in step: a committed change becomes an entry of the browser's
 * history, going back or opening another link becomes a visit. Undo and redo are the browser's
 * back and forward, as far as entries of this page go.
 */
export class PageHistory {
  readonly #store: Store;
  readonly #parameters: readonly Parameter[];
  readonly #notice: (notices: string[]) => void;
  #entry: Entry;
  /** As last committed. */
  #committed: State;
  /** What the last commit nudged, and when; undefined if it was no nudge. */
  #nudge: { keys: string; at: number } | undefined;
  /** Runs until the address follows nudges. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `notice` gets the parts of a link that could not be used. */
  constructor(store: Store, parameters: readonly Parameter[], notice: (notices: string[]) => void) {
    this.#store = store;
    this.#parameters = parameters;
    this.#notice = notice;
    this.#committed = store.state;
    this.#entry = isEntry(history.state) ? history.state : { index: 0, last: 0 };
    history.replaceState(this.#entry, '');
    store.subscribe((state, change) => {
      if (change === 'commit' || change === 'nudge') this.#commit(state, change === 'nudge');
      else if (change === 'move') this.#move(state);
    });
    window.addEventListener('popstate', (event) => this.#visit(event.state));
    // Before the listeners that read the address.
    window.addEventListener('pagehide', () => this.#finish(), { capture: true });
  }

  get place(): Place {
    return { canUndo: this.#entry.index > 0, canRedo: this.#entry.index < this.#entry.last };
  }

  undo(): void {
    this.#finish();
    if (this.place.canUndo) history.back();
  }

  redo(): void {
    this.#finish();
    if (this.place.canRedo) history.forward();
  }

  /** Writes the address now if it was to be written later. */
  #finish(): void {
    if (this.#timer !== undefined) this.#replace();
  }

  /** Makes the address of the entry that of the committed state. */
  #replace(): void {
    this.#forget();
    history.replaceState(this.#entry, '', this.#hash);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #hash(): string {
    return `#${encodeHash(this.#committed, this.#parameters)}`;
  }

  #commit(state: State, isNudge: boolean): void {
    const keys = changedConfigKeys(this.#committed.config, state.config).join();
    const now = performance.now();
    const last = this.#nudge;
    const continues = isNudge && last?.keys === keys && now - last.at < nudgePauseMs;
    this.#nudge = isNudge ? { keys, at: now } : undefined;
    this.#notice([]);
    if (continues) {
      this.#committed = state;
      this.#timer ??= setTimeout(() => this.#replace(), addressPauseMs);
    } else {
      this.#finish();
      this.#committed = state;
      const hash = this.#hash;
      if (hash === location.hash) return;
      const index = this.#entry.index + 1;
      this.#entry = { index, last: index };
      history.pushState(this.#entry, '', hash);
    }
  }

  /** Changes the address of the entry, unless a slider under way would get into it. */
  #move(state: State): void {
    if (changedConfigKeys(this.#committed.config, state.config).length > 0) return;
    this.#committed = state;
    this.#replace();
  }

  #visit(entry: unknown): void {
    this.#forget();
    const { index, last } = this.#entry;
    // An entry without a number is a link that was opened here, after which there are no entries.
    this.#entry = isEntry(entry)
      ? { index: entry.index, last }
      : { index: index + 1, last: index + 1 };
    history.replaceState(this.#entry, '');
    const { state, notices } = decodeHash(location.hash, this.#parameters);
    this.#committed = state;
    this.#nudge = undefined;
    this.#notice(notices);
    // A way back in this visit leaves files open; a link leads to what it names.
    const { file, pinnedFile } = this.#store.state;
    const files = { file, pinnedFile: state.pinned ? undefined : pinnedFile };
    this.#store.set(isEntry(entry) ? { ...state, ...files } : state, 'visit');
  }
}
