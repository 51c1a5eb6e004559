import { createSynthgen, type Config } from 'synthgen';
import { describe, expect, test } from 'vitest';

import { openingPreset } from '../../../../web/src/state/opening_presets';
import { presetGroups, presets } from '../../../../web/src/state/preset_groups';
import { afterPreset, paperPresets, presetOf, withFamily } from '../../../../web/src/state/presets';
import { openingState } from '../../../../web/src/state/state';
import { changedConfigKeys } from '../../../../web/src/model/differences';

const synthgen = await createSynthgen();
const ablations = presets.filter(({ pinned }) => pinned !== undefined);
const sides = presets.flatMap(({ name, config, pinned }): [string, Config][] =>
  pinned
    ? [
        [`${name}, A`, pinned],
        [`${name}, B`, config],
      ]
    : [[name, config]],
);
const madeByCore = sides.filter(([, { generator }]) => generator !== 'custom');

test('presets have names of their own, in groups that are not empty', () => {
  expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  for (const group of presetGroups) expect(group.presets).not.toEqual([]);
});

test.each(sides)(
  '%s: is accepted by the core, with no key that the family does not use',
  (_name, config) => {
    const { custom_params: own, ...rest } = config;
    // The core checks what a custom generator shares with the others.
    const checked = config['generator'] === 'custom' ? { ...rest, generator: 'random' } : config;
    const { notes } = synthgen.checkConfig(checked);
    expect(notes.filter((note) => !note.startsWith('pad_token'))).toEqual([]);
    if (config['generator'] === 'custom') expect(own).toEqual({ custom_param: 0.3 });
  },
);

test.each(sides)('%s: repeats no default, so that only changes are marked', (_name, config) => {
  for (const { key, default: value } of synthgen.parameters())
    if (key !== 'generator') expect(config[key], key).not.toEqual(value);
});

test.each(madeByCore)('%s: makes sequences with structure to see', (_name, config) => {
  const batch = synthgen.generator(config).generate({ count: 4, latents: true });
  expect(batch.offsets).toHaveLength(5);
  expect(new Set(batch.tokens).size).toBeGreaterThan(2);
});

const papers = paperPresets(synthgen.presets(), synthgen.parameters());

test('every family has a preset', () => {
  const families = new Set([...presets, ...papers].map(({ config }) => config['generator']));
  for (const { name } of synthgen.families()) expect(families).toContain(name);
});

describe('what is compared', () => {
  const batches = ({ config, pinned = {} }: (typeof ablations)[number]) =>
    [pinned, config].map((side) => synthgen.generator(side).generate({ count: 50, latents: true }));

  test.each(ablations.map((preset) => [preset.name, preset] as const))(
    '%s: differs in one parameter, and part of the tokens stays as it is',
    (_name, preset) => {
      expect(changedConfigKeys(preset.pinned ?? {}, preset.config)).toHaveLength(1);
      const [a, b] = batches(preset);
      expect(a!.offsets).toEqual(b!.offsets);
      const kept = b!.tokens.filter((token, i) => token === a!.tokens[i]).length;
      expect(kept).toBeGreaterThan(0.02 * b!.tokens.length);
      expect(kept).toBeLessThan(b!.tokens.length);
    },
  );

  test('noise 0.1 is noise of 0.2 with the same tokens; what is clean at 0.2 is as at 0.1', () => {
    const preset = ablations.find(({ name }) => name.startsWith('Noise'))!;
    const [a, b] = batches(preset);
    for (let row = 0; row < 50; row += 1) {
      const first = a!.offsets[row]!;
      const noisyInB = new Set(b!.latents![row]!.noise);
      for (const position of a!.latents![row]!.noise) expect(noisyInB).toContain(position);
      const noisyInA = new Set(a!.latents![row]!.noise);
      for (let i = 0; i < 256; i += 1) {
        if (noisyInB.has(i) && !noisyInA.has(i)) continue;
        expect(b!.tokens[first + i]).toBe(a!.tokens[first + i]);
      }
    }
  });
});

test('presets are recognised whatever the order of their keys', () => {
  for (const { name, config, pinned } of presets) {
    const reversed = Object.fromEntries(Object.entries(config).toReversed());
    expect(presetOf(reversed, pinned, presets)?.name).toBe(name);
  }
  expect(presetOf({ generator: 'pattern', seed: 7 }, undefined, presets)).toBeUndefined();
});

describe("the core's presets", () => {
  const known = [...presets, ...papers];

  test('have names and configs that no preset of the page has', () => {
    expect(new Set(known.map(({ name }) => name)).size).toBe(known.length);
    for (const { name, config } of papers) {
      expect(presetOf(config, undefined, presets), name).toBeUndefined();
      expect(presetOf(config, undefined, known)?.name).toBe(name);
    }
  });

  test('keep their settings, and leave out what is the default anyway', () => {
    const settings = (config: Config) => synthgen.checkConfig(config).config;
    for (const { config, paper } of papers) {
      expect(settings(config)).toEqual(settings(paper!.config));
      for (const { key, default: value } of synthgen.parameters())
        if (key !== 'generator') expect(config[key], key).not.toEqual(value);
    }
  });
});

test('a preset that compares is one only with its other side', () => {
  const [ablation] = ablations;
  expect(presetOf(ablation!.config, undefined, presets)).toBeUndefined();
  expect(presetOf(ablation!.config, { generator: 'random' }, presets)).toBeUndefined();
});

test('a preset that compares takes its other side along, others leave what was pinned', () => {
  const [ablation] = ablations;
  const own = { generator: 'random', seed: 5 };
  expect(afterPreset(openingPreset, own, own, presets).pinned).toBe(own);
  expect(afterPreset(ablation!, own, own, presets)).toEqual({
    config: ablation!.config,
    pinned: ablation!.pinned,
  });
  expect(afterPreset(openingPreset, ablation!.config, ablation!.pinned, presets)).toEqual({
    config: openingPreset.config,
    pinned: undefined,
  });
});

test('presets hold what a visitor sees first', () => {
  expect(presets).toContain(openingPreset);
  expect(openingState.config).toBe(openingPreset.config);
});

test('presets give families what they cannot do without, unless it is there', () => {
  expect(withFamily({}, 'template')['templates']).not.toHaveLength(0);
  expect(withFamily({}, 'mixture')['components']).not.toHaveLength(0);
  expect(withFamily({ templates: [[1]] }, 'template')['templates']).toEqual([[1]]);
  expect(withFamily({ noise_probability: 0.1 }, 'recall', ['noise_probability'])).toEqual({
    generator: 'recall',
  });
  expect(withFamily({ seed: 7 }, 'random')).toEqual({ seed: 7, generator: 'random' });
});

test('what a family was given to start with leaves with it, what the visitor wrote stays', () => {
  const mixture = withFamily({ seed: 7 }, 'mixture');
  expect(withFamily(mixture, 'random')).toEqual({ seed: 7, generator: 'random' });
  const template = withFamily(mixture, 'template');
  expect(template).not.toHaveProperty('components');
  const own = { ...template, templates: [[1]] };
  expect(withFamily(own, 'random')['templates']).toEqual([[1]]);
});
