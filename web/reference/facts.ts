import type { Config, Expectation, Family, Measure, Parameter, Synthgen } from 'synthgen';

import { customFamily } from '../src/model/custom_family';
import { encodeHash } from '../src/state/hash';
import { withFamily } from '../src/state/presets';
import { commandLine } from '../src/state/recipe';
import { openingView } from '../src/state/state';

export interface FamilyFacts extends Family {
  /** The parameters that not every family has. */
  own: Parameter[];
  /** The family with every other parameter at its default, and with what it cannot do without. */
  config: Config;
  /** Behind `#` in a link to the playground: opens it on that config. */
  hash: string;
  /** What that config promises. */
  truth: Expectation[];
}

/** One config, said in the three ways that there are. */
export interface Saying {
  config: Config;
  command: string;
  hash: string;
}

/** Everything that the page shows; the core says all of it. */
export interface Facts {
  version: string;
  streamVersion: number;
  families: FamilyFacts[];
  parameters: Parameter[];
  measures: Measure[];
  saying: Saying;
}

const said: Config = {
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
  core.checkConfig(said);
  return {
    version: core.version,
    streamVersion: core.streamVersion,
    families: families.map((family) => {
      const config = withFamily({}, family.name);
      const own = parameters.filter(
        (p) => p.families.includes(family.name) && p.families.length < families.length,
      );
      return { ...family, own, config, hash: hashOf(config), truth: truthOf(core, config) };
    }),
    parameters,
    measures: core.measures(),
    saying: {
      config: said,
      command: commandLine(said, parameters, false),
      hash: hashOf(said),
    },
  };
}
