import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { shortcutsOf, withFloor, type Floor } from '../../../../web/src/model/floor';
import { inspect } from '../../../../web/src/model/inspection';
import { measures, previewOf } from './previews';

const synthgen = await createSynthgen();

const floorOf = (config: Record<string, unknown>): Floor => ({
  ...synthgen.generator(config).floorMeasures({ count: 40 }),
  measures: synthgen.measures(),
});

test('the floor comes right after the bound below it', () => {
  const config = { generator: 'pattern', vocab_size: 64, seq_length: 48 };
  const reading = withFloor(inspect(previewOf(config), measures), floorOf(config));
  const names = reading.comparisons.map(({ name }) => name);
  const bound = names.indexOf('oracle_bits_per_token');
  expect(names[bound + 1]).toBe('predictive_bits_per_token');
  const [below, floor] = reading.comparisons.slice(bound, bound + 2);
  expect(floor!.measured).toBeGreaterThan(below!.measured!);
  expect(reading.awaitsFloor).toBe(false);
});

test('a floor of labels is called that, and shortcuts have bits and accuracy', () => {
  const config = { generator: 'recall', vocab_size: 64, seq_length: 64, num_kv_pairs: 4 };
  const floor = floorOf({ ...config, random_non_queries: false });
  const reading = withFloor(inspect(previewOf(config), measures), floor);
  const row = reading.comparisons.find(({ name }) => name === 'predictive_bits_per_label');
  expect(row?.measured).toBeCloseTo(0, 9);
  const last = shortcutsOf(floor).find(({ name }) => name === 'last value');
  expect(last?.accuracy).toBe(1);
});
