// State and address: every view is a link, and no link breaks the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { goBack, goForward, hashOf, openHash, settled, shows } from './support/page.js';
import { visit } from './support/visits.js';

const field = (page, label) => page.getByLabel(label, { exact: true });

test('the address holds the settings, and opening it restores them', async () => {
  const first = await visit();
  assert.equal(await hashOf(first.page), '');
  await field(first.page, 'Vocabulary size').fill('77');
  await first.page.getByRole('checkbox', { name: 'reversal' }).click();
  await field(first.page, 'Validation sequences').fill('2,000,000,000,000');
  await first.page.getByRole('radio', { name: 'val' }).click();
  await field(first.page, 'from').fill('1,000,000,000,000');
  await field(first.page, 'from').press('Enter');
  await first.page.getByRole('radio', { name: 'text' }).click();
  await settled(first.page);
  const hash = await hashOf(first.page);
  const shown = await first.page.getByRole('region', { name: 'Sequences as text' }).textContent();
  await first.close();

  assert.match(shown, /^1,000,000,000,000/);
  const second = await visit({ hash });
  assert.equal(await field(second.page, 'Vocabulary size').inputValue(), '77');
  assert.equal(await second.page.getByRole('checkbox', { name: 'reversal' }).isChecked(), false);
  assert.equal(await second.page.getByRole('checkbox', { name: 'repetition' }).isChecked(), true);
  assert.ok(await second.page.getByRole('radio', { name: 'val' }).isChecked());
  assert.equal(await field(second.page, 'from').inputValue(), '1,000,000,000,000');
  assert.equal(
    await second.page.getByRole('region', { name: 'Sequences as text' }).textContent(),
    shown,
  );
  await second.close();
});

test('a slider under way leaves no history; letting it go leaves one entry, and back undoes it', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  const entries = () => page.evaluate(() => history.length);
  const atFirst = await entries();
  const slider = page.getByRole('slider', { name: 'Pattern probability, slider' });
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.move(x + width * 0.3, y + height / 2);
  await page.mouse.down();
  for (const share of [0.4, 0.5, 0.6, 0.7])
    await page.mouse.move(x + width * share, y + height / 2);
  assert.equal(await entries(), atFirst);
  await until(async () =>
    assert.match(await field(page, 'Pattern probability').inputValue(), /^0\.7/),
  );
  await page.mouse.up();
  await until(async () => assert.match(await hashOf(page), /pattern_probability=0\.7/));
  assert.equal(await entries(), atFirst + 1);

  await goBack(page);
  await shows(page, 'Pattern probability', '0.3');
  await goForward(page);
  assert.match(await field(page, 'Pattern probability').inputValue(), /^0\.7/);
  await close();
});

test('values that the core refuses are reported next to their fields in its words', async () => {
  const { page, close } = await visit({
    hash: '#generator=pattern&vocab_size=-5&noise_probability=NaN&pattern_types=repitition&seed=1152921504606846976&vocab_distribution=gauss',
  });
  const words = async (label) => {
    const control = page.getByLabel(label, { exact: true });
    const ids = await control.getAttribute('aria-describedby');
    assert.equal(await control.getAttribute('aria-invalid'), 'true', label);
    return page.locator(`#${ids.split(' ').at(-1)}`).textContent();
  };
  assert.equal(await words('Vocabulary size'), 'got -5; allowed: an integer from 2 to 2147483647');
  assert.equal(await words('Noise'), 'got "NaN"; allowed: a number from 0 to 1');
  assert.match(await words('Pattern types'), /got \["repitition"\].*did you mean repetition\?/);
  assert.match(
    await words('Seed'),
    /got "1152921504606846976"; allowed: an integer from 0 to 9007199254740991/,
  );
  assert.match(await words('Token distribution'), /got "gauss"; allowed: one of uniform, zipf/);
  await page.getByText('No sequences: these settings are not allowed.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Download' }).isDisabled());

  await field(page, 'Vocabulary size').fill('64');
  await field(page, 'Noise').fill('0');
  await field(page, 'Seed').fill('1');
  await field(page, 'Token distribution').selectOption('uniform');
  await page.getByRole('checkbox', { name: 'repetition' }).click();
  await settled(page);
  assert.equal(await field(page, 'Vocabulary size').getAttribute('aria-invalid'), null);
  await page.getByRole('heading', { name: 'First 200 of 50,000 sequences × 512 tokens' }).waitFor();
  await close();
});

test('unknown keys and a bad view are named, and can be taken out', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&vocab_sze=9&view.split=all&__proto__=1',
  });
  await page.getByText('view.split: got "all"; allowed: one of train, val, test').waitFor();
  await page.getByText(/vocab_sze: is not a known key/).waitFor();
  await page.getByRole('button', { name: 'Remove vocab_sze' }).click();
  await page.getByRole('button', { name: 'Remove __proto__' }).click();
  await settled(page);
  assert.equal(await hashOf(page), '#generator=random');
  await page.getByRole('grid').waitFor();
  await close();
});

test('an unknown family is refused by name, and the tabs lead out', async () => {
  const { page, close } = await visit({ hash: '#generator=nonsense' });
  await page.getByText(/generator: got "nonsense"; allowed: one of random, pattern/).waitFor();
  await page.getByRole('radio', { name: 'random' }).click();
  await page.getByRole('grid').waitFor();
  await close();
});

test('a later mistake leaves the last good data in view, marked as such', async () => {
  const { page, close } = await visit();
  await field(page, 'Vocabulary size').fill('1');
  await page.getByText(/The data below is from the last settings/).waitFor();
  assert.ok(await page.getByRole('grid').isVisible());
  await close();
});

for (const [hash, message] of [
  ['#generator=pattern&seq_length=16777216&length_variation=1', /one of these can have 33554432/],
  [`#templates=${'['.repeat(40000)}`, /links of this page have at most 32768/],
]) {
  test(`a link that asks for too much gets a message: ${hash.slice(0, 60)}`, async () => {
    const { page, close } = await visit({ hash });
    await page.getByText(message).waitFor();
    assert.ok(await page.getByRole('radio', { name: 'random' }).isEnabled());
    await close();
  });
}

test('no link of a hostile list breaks the page: each leaves a message or data, and the tabs work', async () => {
  const { page, close } = await visit();
  for (const hash of [
    '#__proto__=1&constructor=2&toString=3',
    '#generator=__proto__',
    '#generator=template&templates={"__proto__":{"of":[1]}}',
    `#generator=template&templates=${'['.repeat(2000)}${']'.repeat(2000)}`,
    '#generator=template&templates=[[{"repeat":4294967296,"of":[{"repeat":4294967296,"of":[1]}]}]]',
    '#generator=mixture&components=[{"weight":1e308,"config":{"generator":"mixture"}}]',
    '#generator=conditional&num_conditions=2147483647&vocab_size=2147483647',
    '#generator=random&vocab_size=2147483647&vocab_distribution=zipf',
    '#generator=hierarchical&hierarchy_levels=9007199254740991&seq_length=16777216',
    '#seed=NaN&seq_length=1e999&noise_probability=-Infinity',
    '#splits={"train":{"seq_length":16777216},"val":[]}',
    '#code=%00%FF&view.from=-1&view.look=__proto__',
  ]) {
    await openHash(page, hash);
    await settled(page);
    await page.getByRole('radio', { name: 'random' }).click();
    await settled(page);
    await page.getByRole('grid').waitFor();
  }
  await close();
});

test('the largest allowed dataset previews as quickly as any', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&vocab_size=2147483647&num_train=9007199254740991&view.from=9007199254739991',
  });
  await page
    .getByRole('heading', { name: /^Sequences 9,007,199,254,739,991 to 9,007,199,254,740,190 of/ })
    .waitFor();
  await close();
});

test('a problem inside a value is marked at its field, not offered for removal', async () => {
  const { page, close } = await visit({ hash: '#generator=template&templates=[["NONE"]]' });
  const control = field(page, 'Templates');
  assert.equal(await control.getAttribute('aria-invalid'), 'true');
  const ids = await control.getAttribute('aria-describedby');
  const words = await page.locator(`#${ids.split(' ').at(-1)}`).textContent();
  assert.match(words, /^templates\[0\]\[0\]: got "NONE"; allowed: /);
  assert.equal(await page.getByRole('button', { name: /^Remove / }).count(), 0);
  await page.getByRole('button', { name: 'Templates', exact: true }).click();
  assert.ok(await control.evaluate((found) => found === document.activeElement));
  await close();
});

test('a problem inside the overrides of a split is marked at their field', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&splits={"val":{"seq_length":-1}}',
  });
  await page.getByText(/^splits\.val\.seq_length: got -1; allowed: /).waitFor();
  assert.equal(await field(page, 'Split overrides').getAttribute('aria-invalid'), 'true');
  await page.getByRole('button', { name: 'Reset Split overrides' }).click();
  await settled(page);
  assert.equal(await hashOf(page), '#generator=random');
  await close();
});

test('zoom and place of the raster are in the link', async () => {
  const first = await visit({ hash: '#generator=random&vocab_size=50&seq_length=64' });
  const grid = (page) => page.getByRole('grid');
  const entries = await first.page.evaluate(() => history.length);
  for (let i = 0; i < 4; i += 1) await first.page.getByRole('button', { name: 'Zoom in' }).click();
  await grid(first.page).evaluate((found) => found.scrollTo(40, 300));
  const placeOf = (page) =>
    grid(page).evaluate(({ scrollLeft, scrollTop, scrollHeight }) => [
      scrollLeft,
      scrollTop,
      scrollHeight,
    ]);
  const place = await placeOf(first.page);
  const hash = await until(async () => {
    const seen = await hashOf(first.page);
    const row = Number(/view\.zoom=[\d.]+&view\.corner=(\d+(?:\.\d)?)/.exec(seen)?.[1]);
    // The last of several places on the way there: 200 rows share the height.
    assert.ok(Math.abs((row / 200) * place[2] - place[1]) < 10, seen);
    return seen;
  });
  assert.equal(await first.page.evaluate(() => history.length), entries);
  await first.close();

  const second = await visit({ hash });
  await until(async () => {
    const found = await placeOf(second.page);
    found.forEach((value, i) => assert.ok(Math.abs(value - place[i]) <= 2, `${found}, ${place}`));
  });
  await openHash(second.page, '#generator=random&vocab_size=50&seq_length=64');
  await until(async () =>
    assert.ok(await second.page.getByRole('button', { name: 'Zoom to fit' }).isDisabled()),
  );
  await second.close();
});

test('the way back from reference and guide leads to the settings that were left', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&vocab_size=77' });
  for (const place of ['Reference', 'Guide']) {
    await page.getByRole('link', { name: place, exact: true }).click();
    await page.getByRole('link', { name: 'Playground', exact: true }).click();
    await settled(page);
    assert.equal(await hashOf(page), '#generator=pattern&vocab_size=77');
    assert.equal(await field(page, 'Vocabulary size').inputValue(), '77');
  }
  await close();
});
