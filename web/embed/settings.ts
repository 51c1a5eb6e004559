import type { Config, Parameter } from 'synthgen';

import { decodeHash } from '../src/state/hash';
import { openingState, openingView, type Look, type State } from '../src/state/state';
import type { Given } from './attributes';

/** What a view can show, beside single charts, `chart:<name>`. */
export const parts = ['raster', 'text', 'numbers', 'charts', 'compare'] as const;

export interface Settings {
  state: State;
  /** Names of `parts`. */
  parts: ReadonlySet<string>;
  /** Names of single charts; with the part `charts` all are shown. */
  charts: readonly string[];
  /** Keys of the parameters that the reader may change. */
  controls: readonly string[];
  /** What of the attributes could not be used, in words. */
  notices: readonly string[];
}

const words = (list: string) =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** An attribute that holds a config as JSON; undefined where it holds none. */
function configIn(name: string, text: string | null | undefined, notices: string[]) {
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Config;
    notices.push(`${name}: must be a JSON object`);
  } catch (error) {
    notices.push(`${name}: ${String(error)}`);
  }
  return undefined;
}

function lookOf(shown: ReadonlySet<string>): Look {
  if (!shown.has('text')) return 'raster';
  return shown.has('raster') ? 'both' : 'text';
}

/** What a link shows that names no parts. */
function partsOf({ view: { look }, pinned }: State): string[] {
  const sequences = { raster: ['raster'], text: ['text'], both: ['raster', 'text'] }[look];
  return [...sequences, 'numbers', ...(pinned ? ['compare'] : [])];
}

/** What a view shows. Reading never fails: `notices` says what could not be used. */
export function settingsOf(given: Given, parameters: readonly Parameter[]): Settings {
  const { state: linked, notices: refused } = decodeHash(given.link ?? '', parameters);
  const notices = [...refused];
  const config = configIn('config', given.config, notices);
  const pinned = configIn('pinned', given.pinned, notices);
  const { generator } = openingState.config;
  const withConfig: State = config
    ? { config: { generator, ...config }, view: given.link ? linked.view : openingView }
    : linked;
  const own: State = pinned
    ? { ...withConfig, pinned: { generator: withConfig.config['generator'], ...pinned } }
    : withConfig;
  const wanted = given.view ? words(given.view) : partsOf(own);
  const known: readonly string[] = parts;
  const isChart = (name: string) => /^chart:\w+$/.test(name);
  for (const name of wanted) {
    if (known.includes(name) || isChart(name)) continue;
    notices.push(`view: got ${JSON.stringify(name)}; allowed: ${parts.join(', ')}, chart:<name>`);
  }
  const shown = new Set(wanted.filter((name) => known.includes(name)));
  if (shown.has('compare') && !own.pinned)
    notices.push('view: compare needs the settings A, as `pinned` or as `pin.` keys of the link');
  const controls = words(given.controls ?? '');
  for (const key of controls) {
    const parameter = parameters.find((entry) => entry.key === key);
    if (!parameter) notices.push(`controls: ${key} is not a parameter`);
    else if (!parameter.families.includes(String(own.config['generator'])))
      notices.push(`controls: ${key} is not a parameter of this family`);
  }
  return {
    state: { ...own, view: { ...own.view, look: lookOf(shown) } },
    parts: shown,
    charts: wanted.filter(isChart).map((name) => name.slice('chart:'.length)),
    controls,
    notices,
  };
}
