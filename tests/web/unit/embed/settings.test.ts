import { expect, test } from 'vitest';

import { settingsOf } from '../../../../web/embed/settings';
import { encodeHash } from '../../../../web/src/state/hash';
import { openingState } from '../../../../web/src/state/state';
import { table as parameters } from '../parameters';

const noticesOf = (given: Parameters<typeof settingsOf>[0]) =>
  settingsOf(given, parameters).notices;

test('without attributes a view shows what the playground opens with, as raster and numbers', () => {
  const { state, parts, charts, controls, notices } = settingsOf({}, parameters);
  expect(state).toEqual(openingState);
  expect([...parts]).toEqual(['raster', 'numbers']);
  expect([charts, controls, notices]).toEqual([[], [], []]);
});

test('a link is read as the playground reads it, and names its looks', () => {
  const state = {
    config: { generator: 'pattern', vocab_size: 50 },
    pinned: { generator: 'random', vocab_size: 50 },
    view: { ...openingState.view, look: 'both', split: 'val', from: 7 },
  } as const;
  const shown = settingsOf({ link: encodeHash(state, parameters) }, parameters);
  expect(shown.state).toEqual(state);
  expect([...shown.parts]).toEqual(['raster', 'text', 'numbers', 'compare']);
});

test('config and pinned are JSON, and go before those of a link', () => {
  const { state } = settingsOf(
    {
      config: '{"vocab_size": 9}',
      pinned: '{"vocab_size": 8}',
      link: 'generator=random&view.from=3&vocab_size=7',
    },
    parameters,
  );
  expect(state.config).toEqual({ generator: openingState.config['generator'], vocab_size: 9 });
  expect(state.pinned).toEqual({ generator: openingState.config['generator'], vocab_size: 8 });
  expect(state.view.from).toBe(3);
});

test('parts, single charts and controls are lists with commas', () => {
  const shown = settingsOf(
    {
      view: ' text, chart:structure,chart:lag_equality ',
      controls: 'vocab_size, noise_probability',
    },
    parameters,
  );
  expect([...shown.parts]).toEqual(['text']);
  expect(shown.state.view.look).toBe('text');
  expect(shown.charts).toEqual(['structure', 'lag_equality']);
  expect(shown.controls).toEqual(['vocab_size', 'noise_probability']);
  expect(shown.notices).toEqual([]);
});

test('what cannot be used is named', () => {
  expect(noticesOf({ config: '[1]' })).toEqual(['config: must be a JSON object']);
  expect(noticesOf({ config: '{' })[0]).toMatch(/^config: SyntaxError/);
  expect(noticesOf({ view: 'pie' })[0]).toMatch(/^view: got "pie"; allowed: raster, text, /);
  expect(noticesOf({ view: 'compare' })[0]).toMatch(/^view: compare needs the settings A/);
  expect(noticesOf({ controls: 'colour' })).toEqual(['controls: colour is not a parameter']);
  expect(noticesOf({ controls: 'pattern_types', config: '{"generator": "random"}' })).toEqual([
    'controls: pattern_types is not a parameter of this family',
  ]);
  expect(noticesOf({ link: 'view.look=3d' })[0]).toMatch(/^view.look: got "3d"/);
});
