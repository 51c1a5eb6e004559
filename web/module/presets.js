import { unwrap } from './errors.js';

/** The part of the interface that has the settings of papers and of the guide. */
export const presets = (module) => ({
  presets: () => module.presets(),
  presetConfig: (name, config = {}) => unwrap(module.presetConfig(name, config)),
});
