// No axe violations in any state, light and dark, desktop and phone; everything by keyboard.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { violations } from './support/axe.js';
import { until } from '../support/until.js';
import { classCode, codeParameter, runCode } from './support/code.js';
import { assertFits, dataTable, desktop, phone, rested, settled, shows } from './support/page.js';
import { inBothColours } from './support/pictures.js';
import { visit } from './support/visits.js';

/** Opens the dialog for downloads. */
async function openDownload(page) {
  await page.getByRole('button', { name: 'Download' }).click();
  await page.getByRole('dialog', { name: 'Download the dataset' }).waitFor();
}

/** Opens a file with a fault in one of its lines. */
async function openFile(page) {
  const lines = Array.from({ length: 90 }, (_, i) => `[${i % 7},1,2,3,${i}]\n`).join('');
  await page.getByRole('button', { name: 'Open file' }).click();
  await page.getByLabel('Choose a file').setInputFiles({
    name: 'mine.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(`${lines}[1,2\n`),
  });
  await page.getByRole('heading', { name: /^mine\.jsonl: 90 sequences/ }).waitFor();
}

/** Opens the list of shortcuts by its key. */
async function openShortcuts(page) {
  await rested(page);
  await page.locator('.skip-links').waitFor({ state: 'attached' });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
}

/**
 * The states a visitor can bring the page into: a link, what is done there, and the name of the
 * picture that is taken of it.
 */
const states = {
  'as it opens': { picture: 'opening' },
  'with errors': {
    picture: 'errors',
    hash: '#generator=pattern&vocab_size=1&vocab_sze=4&pattern_types=&view.look=3d',
  },
  'with old data and a new error': {
    inForm: true,
    act: (page) => page.getByLabel('Sequence length', { exact: true }).fill('0'),
  },
  'as text': {
    picture: 'text',
    hash: '#generator=pattern&vocab_size=1000&seq_length=64&view.look=text',
  },
  'coloured by token': { hash: '#generator=random&view.coloring=token' },
  'with raster and text, coloured by repetition': {
    picture: 'repetition',
    hash: '#generator=pattern&seq_length=64&view.look=both&view.coloring=repetition',
    act: (page) => page.getByRole('grid').focus(),
  },
  'with two datasets compared': {
    hash: '#generator=pattern&noise_probability=0.2&pin.generator=pattern',
    picture: 'compare',
    act: async (page) => {
      await page.getByRole('grid', { name: /^Sequences of A/ }).focus();
      await page.getByRole('region', { name: 'A (pinned) and B' }).waitFor();
    },
  },
  'with a pinned dataset that cannot be made': {
    hash: '#generator=pattern&pin.generator=pattern&pin.vocab_size=1',
    act: (page) => page.getByText(/vocab_size: got 1/).waitFor(),
  },
  'with help open': {
    inForm: true,
    act: (page) => page.getByRole('button', { name: 'About Pattern length' }).click(),
  },
  'with a table and a cell open': {
    hash: '#generator=pattern&length_variation=0.4',
    act: async (page) => {
      await dataTable(page.getByRole('region', { name: 'Token frequency' }));
      await page.getByRole('grid').focus();
    },
  },
  'with the download open': { picture: 'download', act: openDownload },
  'with files made': {
    hash: '#generator=random&num_train=10&num_val=10',
    act: async (page) => {
      await openDownload(page);
      await page.getByRole('button', { name: 'Make files' }).click();
      await page.getByRole('button', { name: 'Save metadata.json' }).waitFor();
    },
  },
  'with the gallery of presets': {
    picture: 'gallery',
    inForm: true,
    act: async (page) => {
      await page.getByRole('button', { name: 'Browse presets' }).click();
      await page.getByRole('dialog', { name: 'Presets' }).waitFor();
    },
  },
  'with the search for parameters': {
    picture: 'search',
    inForm: true,
    act: async (page) => {
      await page.getByRole('button', { name: 'Find a parameter' }).click();
      await page.getByRole('dialog', { name: 'Find a parameter' }).waitFor();
      await page.keyboard.type('length');
    },
  },
  'with the shortcuts': { picture: 'shortcuts', act: openShortcuts },
  'with the tour': {
    picture: 'tour',
    act: async (page) => {
      await openShortcuts(page);
      await page.getByRole('button', { name: 'Take the tour' }).click();
      await page.getByRole('dialog', { name: 'Choose a family' }).waitFor();
    },
  },
  'with the share menu': {
    picture: 'share',
    act: async (page) => {
      await page.getByRole('button', { name: 'Share' }).click();
      const dialog = page.getByRole('dialog', { name: 'Share' });
      await dialog.getByRole('radio', { name: 'picture' }).check({ force: true });
      await dialog.getByRole('img').waitFor();
    },
  },
  'with a file open': {
    picture: 'file',
    act: async (page) => {
      await openFile(page);
      await page.getByRole('button', { name: 'Compare with the settings' }).waitFor();
    },
  },
  'with the stages of a curriculum': {
    picture: 'stages',
    act: async (page) => {
      await rested(page);
      await page.getByRole('button', { name: 'Edit the stages' }).click();
      await page.getByRole('slider', { name: 'stage2, from' }).focus();
      await page.getByLabel('from rank of stage 3').fill('2');
      await page.getByRole('region', { name: 'Curriculum', exact: true }).scrollIntoViewIfNeeded();
    },
  },
  'with a skip link': {
    act: async (page) => {
      await rested(page);
      await page.getByRole('button', { name: 'Skip to the sequences' }).focus();
    },
  },
  'with code': {
    picture: 'custom',
    hash: '#generator=custom&vocab_size=50&seq_length=12',
    act: (page) => page.getByText('What this offers').click(),
  },
  'with code that waits': {
    picture: 'custom-link',
    hash: `#generator=custom&code=${codeParameter(classCode('return [1];'))}`,
  },
  'with broken code': {
    picture: 'custom-error',
    hash: '#generator=custom',
    act: (page) => runCode(page, classCode('return [-1];')),
  },
};

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`no axe violations, light and dark: ${device}`, async (context) => {
    for (const [name, { hash, picture, inForm = false, act = async () => {} }] of Object.entries(
      states,
    )) {
      await context.test(name, async () => {
        const { page, close } = await visit({ hash, viewport });
        const sheet = page.getByRole('button', { name: 'Parameters', exact: true });
        if (viewport === phone && inForm) await sheet.click();
        await act(page);
        await rested(page);
        await inBothColours(page, {
          name: picture,
          device,
          check: async (colour) => {
            const onlyColours = colour === 'dark';
            assert.deepEqual(await violations(page, { onlyColours }), [], colour);
          },
        });
        await close();
      });
    }
  });
}

test('nothing is wider than the screen, from 390 to 2560 pixels', async () => {
  const compared = '#generator=composed&view.look=both&pin.generator=template&pin.templates=[[1]]';
  for (const [hash, widths] of [
    ['', [390, 600, 768, 1024, 1180, 1440, 2560]],
    [compared, [390, 1180]],
  ]) {
    const { page, close } = await visit({ hash, viewport: { width: widths[0], height: 900 } });
    const pinned = page.getByRole('region', { name: 'A (pinned) and B' });
    if (hash === compared) await pinned.waitFor();
    await rested(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await assertFits(page, `${width} ${hash}`);
    }
    await close();
  }
});

test('no text is smaller than 11 pixels', async () => {
  const { page, close } = await visit();
  await rested(page);
  const sizes = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (textContent.trim() === '' || parentElement.closest('[role=img]:not(svg)')) continue;
      if (parentElement.checkVisibility())
        found.add(parseFloat(getComputedStyle(parentElement).fontSize));
    }
    return [...found];
  });
  assert.ok(Math.min(...sizes) >= 11, sizes.join(', '));
  await close();
});

/** Presses Tab until the element with that name has the focus; returns every stop. */
async function tabTo(page, name) {
  const stops = [];
  for (let i = 0; i < 120; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const { activeElement: element } = document;
      const outline = getComputedStyle(element).outlineStyle;
      const sibling =
        element.nextElementSibling && getComputedStyle(element.nextElementSibling).outlineStyle;
      const parent = getComputedStyle(element.parentElement).outlineStyle;
      const label =
        element.getAttribute('aria-label') ??
        element.labels?.[0]?.textContent ??
        element.textContent;
      return {
        label,
        isVisible: [outline, sibling, parent].some((style) => style && style !== 'none'),
      };
    });
    stops.push(stop);
    if (stop.label === name) return stops;
  }
  throw new Error(`never reached ${name}: ${stops.map(({ label }) => label).join(', ')}`);
}

test('everything can be reached and worked by keyboard, with the focus in sight', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  const stops = await tabTo(page, 'Zoom in');
  assert.deepEqual(
    stops.filter(({ isVisible }) => !isVisible),
    [],
  );

  await page.getByRole('radio', { name: 'pattern' }).focus();
  await page.keyboard.press('ArrowLeft');
  await settled(page);
  assert.ok(await page.getByRole('radio', { name: 'random' }).isChecked());

  const seed = page.getByLabel('Seed', { exact: true });
  await seed.focus();
  await page.keyboard.press('ArrowUp');
  await until(async () => assert.equal(await seed.inputValue(), '43'));

  const slider = page.getByRole('slider', { name: 'Noise, slider' });
  await slider.focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  await shows(page, 'Noise', '0.03');
  assert.equal(await slider.getAttribute('aria-valuetext'), '0.03 per token');

  await page.getByRole('button', { name: 'Download' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await close();
});

test('on a phone the sheet leaves family and raster in sight, and Escape closes it', async () => {
  const { page, close } = await visit({ viewport: phone, hasTouch: true });
  await page.getByRole('button', { name: 'Parameters', exact: true }).click();
  await page.getByLabel('Pattern probability', { exact: true }).waitFor();
  await until(async () => {
    const sheet = await page.getByRole('complementary', { name: 'Settings' }).boundingBox();
    const family = await page.getByRole('radiogroup', { name: 'Family' }).boundingBox();
    const raster = await page.getByRole('grid').boundingBox();
    assert.ok(family.y >= 0 && family.y + family.height < sheet.y);
    assert.ok(sheet.y - raster.y > 150, `${sheet.y - raster.y} pixels of raster in sight`);
  });
  await page.getByLabel('Pattern probability', { exact: true }).focus();
  await page.keyboard.press('Escape');
  await page.getByLabel('Pattern probability', { exact: true }).waitFor({ state: 'hidden' });
  await close();
});

test('the theme can be switched and stays switched', async () => {
  const { page, close } = await visit({ colorScheme: 'light' });
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Dark colours' }).click();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.reload();
  await settled(page);
  assert.equal(await background(), dark);
  await page.getByRole('button', { name: 'Light colours' }).click();
  assert.equal(await background(), light);
  await close();
});
