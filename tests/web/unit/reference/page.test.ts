import { createSynthgen } from 'synthgen';
import { describe, expect, test } from 'vitest';

import { gatherFacts, type Facts } from '../../../../web/reference/facts';
import { referencePage } from '../../../../web/reference/page';
import { decodeHash } from '../../../../web/src/state/hash';
import { parameter } from '../parameters';

const core = await createSynthgen();
const facts = gatherFacts(core);
const hostile = `<img src=x onerror="alert('&')">`;

const small: Facts = {
  version: '1.2.3',
  streamVersion: 4,
  families: [],
  parameters: [],
  measures: [],
  example: { config: {}, command: 'synthgen generate', hash: '' },
};

describe('the facts', () => {
  test('hold a valid config of each family, and a link to it', () => {
    for (const { name, config, hash, truth } of facts.families) {
      expect(core.checkConfig(config).config['generator']).toBe(name);
      expect(decodeHash(`#${hash}`, facts.parameters).state.config).toEqual(config);
      expect(truth).toEqual(name === 'custom' ? [] : core.generator(config).truth());
    }
  });

  test('hold a picture of each family of the core', () => {
    const kinds = (name: string) => {
      const { rows } = facts.families.find((family) => family.name === name)!.picture!;
      return new Set(rows.flat().map(({ kind }) => kind));
    };
    for (const { name, picture } of facts.families) {
      if (name !== 'custom') expect(picture?.rows.flat().length, name).toBeGreaterThan(100);
    }
    expect(kinds('recall')).toEqual(new Set(['key', 'value', 'query', 'answer', 'fixed']));
    expect(kinds('hmm')).toEqual(new Set(['state']));
    expect(kinds('markov')).toEqual(new Set(['fresh', 'transition']));
    const states = facts.families.find(({ name }) => name === 'hmm')!.picture!.rows.flat();
    expect(new Set(states.map(({ place }) => place)).size).toBe(3);
  });

  test('show one config as a file, as flags and as a link', () => {
    const { config, command, hash } = facts.example;
    expect(decodeHash(`#${hash}`, facts.parameters).state.config).toEqual(config);
    for (const key of Object.keys(config)) {
      expect(command).toContain(`--${key.replaceAll('_', '-')} `);
    }
  });
});

describe('the page', () => {
  test('has every id once and no dead link', () => {
    const page = referencePage(facts);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('shows a picture of each family, with its colours in words', () => {
    const page = referencePage(facts);
    for (const { name, picture } of facts.families) {
      const label = `aria-label="6 sequences of ${name}, each token coloured by its kind"`;
      expect(page.includes(label), name).toBe(picture !== undefined);
    }
  });

  test('escapes every text of the core', () => {
    const family = {
      name: hostile,
      summary: hostile,
      example: hostile,
      is_task: false,
      untaken: [],
    };
    const expectation = {
      name: hostile,
      value: 1,
      formula: hostile,
      unit: hostile,
      depends_on: [hostile],
    };
    const page = referencePage({
      ...small,
      version: hostile,
      families: [
        {
          ...family,
          own: [],
          config: { generator: hostile, x: hostile },
          hash: hostile,
          truth: [expectation],
        },
      ],
      parameters: [
        parameter(hostile, {
          type: 'word',
          default: hostile,
          label: hostile,
          help: hostile,
          allowed: hostile,
          unit: hostile,
          group: hostile,
          families: [hostile, 'another'],
        }),
      ],
      measures: [
        {
          name: hostile,
          group: hostile,
          in_default: true,
          in_page: 'at_once',
          unit: hostile,
          formula: hostile,
          range: hostile,
          source: hostile,
          kind: 'number',
          expected: 'by_mean',
          needs_latents: false,
          chart: 'none',
          section: 'quality',
          listed: 'always',
          per_sequence: '',
        },
      ],
      example: { config: { x: hostile }, command: hostile, hash: hostile },
    });
    expect(page).not.toContain('<img');
    expect(page).not.toContain(`onerror="`);
  });

  test('shows the name of an unknown type, and "none" without a default', () => {
    const type = 'matrix' as 'json';
    const page = referencePage({
      ...small,
      parameters: [parameter('odd', { type, default: null })],
    });
    expect(page).toContain('<dd>matrix</dd>');
    expect(page).toContain('<dt>Default</dt><dd>none</dd>');
  });
});
