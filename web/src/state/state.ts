import type { Config, Parameter, Split } from 'synthgen';

import type { OpenFile } from '../model/open_file';
import { openingPreset } from './opening_presets';

export const splits = ['train', 'val', 'test'] as const satisfies readonly Split[];
export const colorings = ['structure', 'token', 'repetition'] as const;
export const looks = ['raster', 'text', 'both'] as const;

export const changesShown = ['marked', 'unmarked'] as const;

export type Coloring = (typeof colorings)[number];
export type Look = (typeof looks)[number];
export type Changes = (typeof changesShown)[number];

/** Which part of the dataset the page shows, and how; nothing here changes the data. */
export interface View {
  split: Split;
  /** Index of the first sequence shown. */
  from: number;
  coloring: Coloring;
  look: Look;
  /** Whether tokens that are the same as in the pinned dataset are faded. */
  changes: Changes;
  /** How many times larger the raster is than it is as a whole. */
  zoom: number;
  /** Row and column at the raster's top left corner, as `row,column`. */
  corner: string;
}

/** Everything a link holds, and the visitor's files, which it does not. */
export interface State {
  /** The keys that differ from the table's defaults, and always `generator`. */
  config: Config;
  /** The code of the family custom; undefined for the first of the examples. */
  code?: string | undefined;
  /** The settings A that the page's own, B, are compared with; never of the family custom. */
  pinned?: Config | undefined;
  view: View;
  /** The file in view, in place of what the settings make. */
  file?: OpenFile | undefined;
  /** The file that takes the place of A. */
  pinnedFile?: OpenFile | undefined;
}

/** Sequence indices end here, so that an index and a screenful more stay exact in a double. */
export const lastIndex = Number.MAX_SAFE_INTEGER - 1000;

export const openingView: View = {
  split: 'train',
  from: 0,
  coloring: 'structure',
  look: 'raster',
  changes: 'marked',
  zoom: 1,
  corner: '0,0',
};

/** What a visitor without a link sees: small and quick, with some of everything. */
export const openingState: State = { config: openingPreset.config, view: openingView };

export function familyOf(state: State): string {
  return String(state.config['generator']);
}

export function valueOf(state: State, parameter: Parameter): unknown {
  return Object.hasOwn(state.config, parameter.key)
    ? state.config[parameter.key]
    : parameter.default;
}

export function isChanged(state: State, parameter: Parameter): boolean {
  return Object.hasOwn(state.config, parameter.key);
}

/** The state with one parameter set; a value equal to the default is not kept. */
export function withValue(state: State, parameter: Parameter, value: unknown): State {
  const config = { ...state.config };
  const isDefault = JSON.stringify(value) === JSON.stringify(parameter.default);
  if (isDefault && parameter.key !== 'generator') delete config[parameter.key];
  else config[parameter.key] = value;
  return { ...state, config };
}

export function withView(state: State, view: Partial<View>): State {
  return { ...state, view: { ...state.view, ...view } };
}

/** The state with what is in view pinned as A. */
export function withPin(state: State): State {
  const { config, file } = state;
  return { ...state, pinned: file ? undefined : config, pinnedFile: file };
}

/** Every parameter back at its default, in the same family. */
export function withDefaults(state: State): State {
  return { ...state, config: { generator: familyOf(state) } };
}

/**
 * The config that the core gets: without known keys that the family does not use. They stay in the
 * state, so that a family finds its values again.
 */
export function activeConfig(state: State, parameters: readonly Parameter[]): Config {
  const family = familyOf(state);
  const unused = new Set(
    parameters
      .filter((p) => p.key !== 'generator' && !p.families.includes(family))
      .map((p) => p.key),
  );
  return Object.fromEntries(Object.entries(state.config).filter(([key]) => !unused.has(key)));
}

/** The state after a change: settings that change while a file is in view are compared with it. */
function withChangesInView(next: State, last: State): State {
  const isPinned = next.pinned !== undefined && next.pinned !== last.pinned;
  const pinnedFile = isPinned ? undefined : next.pinnedFile;
  if (!next.file || next.file !== last.file || next.config === last.config)
    return pinnedFile === next.pinnedFile ? next : { ...next, pinnedFile };
  const { file, pinned, ...rest } = next;
  return isPinned ? { ...rest, pinned, pinnedFile } : { ...rest, pinnedFile: file };
}

/**
 * `live`: a slider under way. `commit`: done, worth a history entry. `nudge`: done, one of many
 * small steps by keyboard that together are worth one. `move`: in the link, but worth no entry.
 * `visit`: came from a link.
 */
export type Change = 'live' | 'nudge' | 'commit' | 'move' | 'visit';

/** Holds the page's only state. Every change has a kind, and subscribers hear of it. */
export class Store {
  #state: State;
  readonly #listeners: ((state: State, change: Change) => void)[] = [];

  constructor(initial: State) {
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  set(next: State, change: Change): void {
    const state = change === 'visit' ? next : withChangesInView(next, this.#state);
    this.#state = state;
    for (const listener of this.#listeners) listener(state, change);
  }

  subscribe(listener: (state: State, change: Change) => void): void {
    this.#listeners.push(listener);
  }
}
