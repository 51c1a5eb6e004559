import type { State } from './state';

/**
 * `live`: a slider under way. `commit`: done, worth a history entry. `nudge`: done, one of many
 * small steps by keyboard that together are worth one. `visit`: came from a link.
 */
export type Change = 'live' | 'nudge' | 'commit' | 'visit';

/** The page's one state; whoever shows it subscribes, whoever changes it says what kind of change. */
export class Store {
  #state: State;
  readonly #listeners: ((state: State, change: Change) => void)[] = [];

  constructor(initial: State) {
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  set(state: State, change: Change): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state, change);
  }

  subscribe(listener: (state: State, change: Change) => void): void {
    this.#listeners.push(listener);
  }
}
