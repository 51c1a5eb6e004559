import { createSynthgen, type Config } from 'synthgen';

import { presets } from '../../../../web/src/state/preset_groups';
import type { Preview } from '../../../../web/src/model/preview';

const synthgen = await createSynthgen();
export const measures = synthgen.measures();

/** What the worker would answer for the first `count` sequences of a config. */
export function previewOf(config: Config, count = 40): Preview {
  const generator = synthgen.generator(config);
  const batch = generator.generate({ count, structure: true });
  const { latents: _, latentShares, structure, ...tokens } = batch;
  const report = synthgen.analyzeSequences(tokens, {
    config: generator.config,
    perSequence: true,
  });
  return {
    config: generator.config,
    notes: [],
    truth: generator.truth(),
    limits: generator.limits(),
    split: 'train',
    from: 0,
    splitSize: Number(generator.config['num_train']),
    pageSize: count,
    tokens: batch.tokens,
    offsets: batch.offsets,
    structure,
    latentShares,
    kindNames: synthgen.tokenKinds(),
    padding: batch.padding,
    jsonl: '',
    report,
    generate_ms: 0,
    analyze_ms: 0,
  };
}

/** A config of every family that the core has, noisy where the family takes noise. */
export const configOfFamily: [string, Config][] = synthgen.families().map(({ name, untaken }) => {
  const preset = [...presets, ...synthgen.presets()].find(
    ({ config }) => config['generator'] === name,
  );
  const noise = untaken.includes('noise_probability') ? {} : { noise_probability: 0.1 };
  return [name, { ...preset?.config, generator: name, seq_length: 96, ...noise }];
});
