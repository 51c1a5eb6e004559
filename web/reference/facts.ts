import type { Config, Expectation, Family, Measure, Parameter, Synthgen } from 'synthgen';

import { customFamily } from '../src/model/custom_family';
import { encodeHash } from '../src/state/hash';
import { withFamily } from '../src/state/presets';
import { commandLine } from '../src/state/recipe';
import { openingView } from '../src/state/state';
import { pictureOf, type Picture } from './picture';

export interface FamilyFacts extends Family {
  /** The parameters that not every family has. */
  own: Parameter[];
  /** The family with its required parameters; all others have their defaults. */
  config: Config;
  /** The fragment of a playground link that opens this config. */
  hash: string;
  /** The expected measures of that config. */
  truth: Expectation[];
  /** Sequences to look at; none of a family whose code is the visitor's. */
  picture?: Picture;
}

/** One config as a file, as flags and as a link. */
export interface ConfigExample {
  config: Config;
  command: string;
  hash: string;
}

/** Everything that the page shows, as the core describes it. */
export interface Facts {
  version: string;
  streamVersion: number;
  families: FamilyFacts[];
  parameters: Parameter[];
  measures: Measure[];
  example: ConfigExample;
}

const exampleConfig: Config = {
  generator: 'pattern',
  pattern_types: ['repetition', 'reversal'],
  noise_probability: 0.05,
};

function truthOf(core: Synthgen, config: Config): Expectation[] {
  if (config['generator'] === customFamily.name) return [];
  const generator = core.generator(config);
  try {
    return generator.truth();
  } finally {
    generator.delete();
  }
}

/** Asks the core for everything that the page shows. */
export function gatherFacts(core: Synthgen): Facts {
  const parameters = core.parameters();
  const families = [...core.families(), customFamily];
  const hashOf = (config: Config) => encodeHash({ config, view: openingView }, parameters);
  core.checkConfig(exampleConfig);
  return {
    version: core.version,
    streamVersion: core.streamVersion,
    families: families.map((family) => {
      const config = withFamily({}, family.name);
      const own = parameters.filter(
        (p) => p.families.includes(family.name) && p.families.length < families.length,
      );
      const known = { ...family, own, config, hash: hashOf(config), truth: truthOf(core, config) };
      return family === customFamily ? known : { ...known, picture: pictureOf(core, config) };
    }),
    parameters,
    measures: core.measures(),
    example: {
      config: exampleConfig,
      command: commandLine(exampleConfig, parameters),
      hash: hashOf(exampleConfig),
    },
  };
}
