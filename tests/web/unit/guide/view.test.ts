import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { floorCharts } from '../../../../web/guide/floor_chart';
import { liveViews } from '../../../../web/guide/view';
import { markup } from '../../../../web/reference/markup';

const core = await createSynthgen();
const view = liveViews(core, '../');
const html = (config: string, settings: Record<string, string>) =>
  markup(view(config, new Map(Object.entries(settings))));

const config = '{"generator": "pattern", "vocab_size": 64, "seq_length": 32}';

test('a view has its config, a picture and a link to the playground', () => {
  const made = html(config, { view: 'raster,chart:lag_equality', controls: 'pattern_length' });
  expect(made).toMatch(/^<synthgen-view config="{&quot;generator&quot;:&quot;pattern&quot;/);
  expect(made).toContain('view="raster,chart:lag_equality" controls="pattern_length"');
  expect(made).toContain('6 sequences of pattern, each token coloured by its kind');
  expect(made).toContain('<a href="../#generator=pattern&amp;vocab_size=64&amp;seq_length=32">');
});

test('what the core or the element would refuse is refused when the site is built', () => {
  expect(() => html('{"vocab_size": 1}', {})).toThrow('vocab_size');
  expect(() => html(config, { view: 'raster,pictures' })).toThrow('view has no pictures');
  expect(() => html(config, { controls: 'noise' })).toThrow('controls has no noise');
  expect(() => html(config, { view: 'chart:predictive_bits_by_position' })).toThrow('view has no');
  expect(() => html(config, { controls: 'machine' })).toThrow('controls has no machine');
  expect(() => html(config, { veiw: 'raster' })).toThrow('a block has no veiw');
});

test('a chart of the floor shows what the core computes, and a config without one is refused', () => {
  const floor = floorCharts(core, '../');
  const made = markup(floor('{"generator": "random", "vocab_size": 8, "seq_length": 5}'));
  expect(made).toContain('the floor begins at 3.00 and ends at 3.00');
  expect(made).toContain('class="line-floor"');
  expect(made).toContain('<a href="../#generator=random&amp;vocab_size=8&amp;seq_length=5">');
  expect(() => floor('{"generator": "composed", "seq_length": 16}')).toThrow('no exact law');
});
