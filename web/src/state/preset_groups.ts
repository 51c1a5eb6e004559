import { ablationPresets, contrastPresets } from './contrast_presets';
import { examplePresets } from './example_presets';
import type { Preset } from './presets';

export interface PresetGroup {
  name: string;
  presets: readonly Preset[];
}

/** The page's own presets; loaded after the first data, which needs none but the opening one. */
export const presetGroups: readonly PresetGroup[] = [
  { name: 'Examples', presets: examplePresets },
  { name: 'Contrasts', presets: contrastPresets },
  { name: 'Compare A with B', presets: ablationPresets },
];

export const presets: readonly Preset[] = presetGroups.flatMap((group) => group.presets);
