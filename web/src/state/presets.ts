import type { Config, Parameter, Preset as PaperPreset } from 'synthgen';

import { starterPresets } from './opening_presets';

export interface Preset {
  name: string;
  /** Only what differs from the defaults, and the family. */
  config: Config;
  /** What it is compared with. */
  pinned?: Config;
  /** What the core says of a preset that it has itself: the settings of a paper. */
  paper?: PaperPreset;
}

/** The core's presets as the page's; values that are the parameters' defaults are left out. */
export function paperPresets(
  presets: readonly PaperPreset[],
  parameters: readonly Parameter[],
): Preset[] {
  const defaults = new Map(parameters.map(({ key, default: value }) => [key, value]));
  return presets.map((paper) => ({
    name: paper.name,
    config: Object.fromEntries(
      Object.entries(paper.config).filter(
        ([key, value]) => key === 'generator' || !isSameValue(value, defaults.get(key)),
      ),
    ),
    paper,
  }));
}

/** Required keys without a default, which the page fills in when their family is chosen. */
const starters: Record<string, string> = { template: 'templates', mixture: 'components' };

/** What the page fills in when a family is chosen. */
function startOf(generator: string): [string, unknown][] {
  const source = starterPresets.find((preset) => preset.config['generator'] === generator);
  return Object.entries(source?.config ?? {}).filter(
    ([key]) => key === starters[generator] || key.startsWith(generator),
  );
}

/**
 * The config with the family chosen, and with what the family requires; without what the page filled
 * in for another family, and without the parameters that the family takes at their defaults only.
 */
export function withFamily(
  config: Config,
  generator: string,
  untaken: readonly string[] = [],
): Config {
  const filledIn = Object.keys(starters)
    .filter((family) => family !== generator)
    .flatMap(startOf);
  const isFilledIn = (key: string, value: unknown) =>
    filledIn.some(([known, given]) => known === key && isSameValue(given, value));
  const kept = Object.fromEntries(
    Object.entries(config).filter(
      ([key, value]) => !isFilledIn(key, value) && !untaken.includes(key),
    ),
  );
  const needed = starters[generator];
  const start = needed === undefined || Object.hasOwn(kept, needed) ? [] : startOf(generator);
  return { ...kept, generator, ...Object.fromEntries(start) };
}

function isSameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function canonical(config: Config | undefined): string {
  return JSON.stringify(Object.entries(config ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The preset that a config and pinned config match; one that compares must match both. */
export function presetOf(
  config: Config,
  pinned: Config | undefined,
  known: readonly Preset[],
): Preset | undefined {
  const isSame = (one: Config | undefined, other: Config | undefined) =>
    canonical(one) === canonical(other);
  return known.find(
    (preset) => isSame(preset.config, config) && (!preset.pinned || isSame(preset.pinned, pinned)),
  );
}

/**
 * The config and pinned config after choosing a preset. A preset that compares sets the pinned config,
 * and leaving it removes that; any other preset keeps what the visitor pinned.
 */
export function afterPreset(
  preset: Preset,
  config: Config,
  pinned: Config | undefined,
  known: readonly Preset[],
): { config: Config; pinned: Config | undefined } {
  const wasComparing = presetOf(config, pinned, known)?.pinned !== undefined;
  return {
    config: preset.config,
    pinned: preset.pinned ?? (wasComparing ? undefined : pinned),
  };
}
