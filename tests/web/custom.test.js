// The family custom: a visitor's own code makes the sequences, and nothing that it does harms the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSynthgen } from 'synthgen';

import makeCustom from '../../web/examples/custom_data_generator.js';
import makeTemplate from '../../web/examples/template_data_generator.js';
import { classCode, codeOf, message, runCode, write } from './support/code.js';
import { until } from '../support/until.js';
import { assertFits, desktop, phone, settled } from './support/page.js';
import { visit } from './support/visits.js';

const synthgen = await createSynthgen();
const small = { generator: 'custom', vocab_size: 50, seq_length: 12 };
const hash = '#generator=custom&vocab_size=50&seq_length=12';

/** The ids of the sequences in view, a line each. */
async function shownIds(page) {
  await page.getByRole('radio', { name: 'text' }).click();
  const lines = await page.locator('.text-tokens').allTextContents();
  return lines.map((line) => line.trim().replaceAll(/\s+/g, ' '));
}

/** The ids that the package makes with that class, a line each. */
function idsMade(Class, config, range) {
  const generator = synthgen.customGenerator(Class, config);
  const { tokens, offsets } = generator.generate(range);
  generator.delete();
  return Array.from(offsets.slice(1), (end, i) => tokens.slice(offsets[i], end).join(' '));
}

/** Waits until the editor has this code. */
const codeIs = (page, code) => until(async () => assert.equal(await codeOf(page), code));

const stale = (page) => page.getByText(/The data below is from the last settings/);

test('the tab opens on an example, which makes what the package makes with it', async () => {
  const { page, close } = await visit({ hash: '#generator=random&vocab_size=50&seq_length=12' });
  await page.getByRole('radio', { name: 'custom', exact: true }).click();
  await page.getByRole('heading', { name: 'Generator code' }).waitFor();
  await settled(page);
  await page.getByRole('heading', { name: 'First 200 of 50,000 sequences × 12 tokens' }).waitFor();
  assert.match(await codeOf(page), /class CustomDataGenerator extends SequenceGenerator/);
  assert.deepEqual(await shownIds(page), idsMade(makeCustom(synthgen), small, { count: 200 }));
  assert.equal(await message(page), '');
  await close();
});

test('the other example can be chosen, and the parameters steer it as it runs', async () => {
  const { page, close } = await visit({ hash });
  await page.getByLabel('Example').selectOption('TemplateDataGenerator');
  await settled(page);
  const Class = makeTemplate(synthgen);
  assert.deepEqual(await shownIds(page), idsMade(Class, small, { count: 200 }));

  const custom_params = { templates: [[7, 'RANDOM', 'PATTERN']] };
  await page.getByLabel('Custom parameters', { exact: true }).fill(JSON.stringify(custom_params));
  await page.getByLabel('Noise', { exact: true }).fill('0.2');
  await page.getByRole('radio', { name: 'val' }).click();
  await settled(page);
  const changed = { ...small, custom_params, noise_probability: 0.2 };
  assert.deepEqual(await shownIds(page), idsMade(Class, changed, { split: 'val', count: 200 }));
  await close();
});

test('edited code makes nothing until it runs, by the button or the keyboard', async () => {
  const { page, close } = await visit({ hash });
  const before = await shownIds(page);
  await write(page, classCode('return [1, 2, this.item.index % 7];'));
  await page.getByText('changed since it last ran').waitFor();
  assert.deepEqual(await shownIds(page), before);
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByRole('heading', { name: 'First 200 of 50,000 sequences × 3 tokens' }).waitFor();
  assert.deepEqual((await shownIds(page)).slice(0, 3), ['1 2 0', '1 2 1', '1 2 2']);
  assert.equal(await page.getByText('changed since it last ran').count(), 1);
  assert.ok(await page.getByText('changed since it last ran').isHidden());

  await write(page, classCode('return [9, 9];'));
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'First 200 of 50,000 sequences × 2 tokens' }).waitFor();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await settled(page);
  assert.deepEqual(await shownIds(page), before);
  await close();
});

const mistakes = {
  'what no browser can parse': [classCode('retrun 1;'), /^line 3: SyntaxError: /],
  'what stands in no scope': [
    '\nnowhere();\nexport default 1;',
    /^line 2: ReferenceError: nowhere is not defined$/,
  ],
  'no default export': ['const x = 1;', /^the code has no default export; allowed: export default/],
  'an export that makes no class': [
    'export default 5;',
    /^TypeError: the default export is not a function; allowed: \(\{ SequenceGenerator \}\) => class …$/,
  ],
  'a class of another kind': [
    'export default () => class Lone {};',
    /^the custom generator was not made: the class does not extend SequenceGenerator$/,
  ],
  'an import': [
    'import x from "./x.js";\nexport default x;',
    /^the code could not be loaded: it imports something that this page cannot reach$/,
  ],
  'an exception': [
    classCode('if (this.item.index === 3) throw new RangeError("no idea"); return [1];'),
    /^sequence 3 of train: Made: line 3: no idea$/,
  ],
  'a wrong id': [
    classCode('return [1, 50];'),
    /^sequence 0 of train: Made: token 1: got 50; allowed: an id from 0 to 49$/,
  ],
  'too many tokens': [
    classCode('return Array(13).fill(1);'),
    /^sequence 0 of train: Made: has 13 tokens; allowed: at most 12$/,
  ],
  'no list at all': [
    classCode('return "1 2 3";'),
    /^sequence 0 of train: Made: returned "1 2 3"; allowed: a list of ids$/,
  ],
  'more code than a link holds': [
    `// ${'x'.repeat(20_000)}`,
    /^The code has 20,003 bytes; allowed: at most 20,000/,
  ],
};

test('each mistake is shown at the code, and the last good data stays in view', async (context) => {
  const { page, close } = await visit({ hash });
  const area = page.getByRole('textbox', { name: 'Generator code' });
  for (const [name, [code, words]] of Object.entries(mistakes)) {
    await context.test(name, async () => {
      await runCode(page, classCode('return [4];'));
      await page
        .getByRole('heading', { name: 'First 200 of 50,000 sequences × 1 token' })
        .waitFor();
      assert.equal(await area.getAttribute('aria-invalid'), null);
      await runCode(page, code);
      await page.locator('textarea[aria-invalid]').waitFor();
      assert.match(await message(page), words);
      const [described] = (await area.getAttribute('aria-describedby')).split(' ');
      assert.match(await page.locator(`#${described}`).textContent(), words);
      assert.ok(await page.getByRole('grid').isVisible());
      assert.equal(await stale(page).count(), code.length > 20_000 ? 0 : 1);
    });
  }
  await close();
});

test('the line of an error is marked until the code changes', async () => {
  const { page, close } = await visit({ hash });
  const marked = page.locator('.code-numbers mark');
  await runCode(page, classCode('\n    const none = null;\n    return [none.length];'));
  assert.match(await message(page), /^sequence 0 of train: Made: line 5: Cannot read properties/);
  assert.deepEqual(await marked.allTextContents(), ['5']);
  await write(page, classCode('return [1];'));
  assert.deepEqual(await marked.allTextContents(), []);
  await runCode(page, '\n\nnowhere();\nexport default 1;');
  assert.deepEqual(await marked.allTextContents(), ['3']);
  await runCode(page, classCode('return [1];'));
  assert.deepEqual(await marked.allTextContents(), []);
  await close();
});

const clocks = {
  'Math.random': 'Math.random()',
  Date: 'new Date()',
  'Date.now': 'Date.now()',
  'performance.now': 'performance.now()',
  'crypto.randomUUID': 'crypto.randomUUID()',
};

test('what differs from run to run fails by its name', async () => {
  const { page, close } = await visit({ hash });
  for (const [name, use] of Object.entries(clocks)) {
    await runCode(page, classCode(`return [Number(${use}) % 7];`));
    assert.equal(
      await message(page),
      `sequence 0 of train: Made: line 3: ${name} is not available: a sequence must be the same on every run; use this.random() or this.randomInteger(n)`,
    );
  }
  await close();
});

test('a wrong parameter is shown at its field, not at the code', async () => {
  const { page, close } = await visit({ hash });
  await page.getByLabel('Vocabulary size', { exact: true }).fill('1');
  await page.getByText('got 1; allowed: an integer from 2 to 2147483647').waitFor();
  assert.equal(await message(page), '');
  await stale(page).waitFor();
  await close();
});

test('a sequence that never ends is stopped and named, and the page keeps working', async () => {
  const { page, close } = await visit({ hash });
  await runCode(page, classCode('while (this.item.index === 17); return [3, 4];'));
  assert.equal(
    await message(page),
    'sequence 17 of train did not end within 2 s; its worker was stopped',
  );
  await stale(page).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Download' }).isDisabled());

  await page.getByLabel('from', { exact: true }).fill('18');
  await page.getByLabel('from', { exact: true }).press('Enter');
  await page.getByRole('heading', { name: 'Sequences 18 to 217 of 50,000 × 2 tokens' }).waitFor();
  assert.equal(await message(page), '');
  await runCode(page, classCode('return [5];'));
  await page.getByRole('heading', { name: 'Sequences 18 to 217 of 50,000 × 1 token' }).waitFor();
  await page.getByRole('radio', { name: 'random', exact: true }).click();
  await page.getByRole('heading', { name: 'Sequences 18 to 217 of 50,000 × 12 tokens' }).waitFor();
  await close();
});

test('code that never ends loading is stopped, whether it loops or waits', async () => {
  const { page, close } = await visit({ hash });
  for (const endless of ['while (true);', 'await new Promise(() => {});']) {
    await runCode(page, `${endless}\n${classCode('return [1];')}`);
    assert.equal(await message(page), 'the code did not load within 2 s; its worker was stopped');
  }
  await runCode(page, classCode('return [1];'));
  assert.equal(await message(page), '');
  await close();
});

test('newer settings do not wait for code that never ends', async () => {
  const { page, close } = await visit({ hash });
  await runCode(page, classCode('while (this.seqLength === 11); return [this.seqLength];'));
  await page.getByLabel('Sequence length', { exact: true }).fill('11');
  await page.getByLabel('Sequence length', { exact: true }).fill('13');
  await settled(page);
  assert.equal(await message(page), '');
  assert.equal((await shownIds(page))[0], '13');
  await close();
});

test('the page without the tab loads nothing of it', async () => {
  const { page, close } = await visit();
  const names = () =>
    page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok((await names()).every((name) => !name.includes('custom')));
  await page.getByRole('radio', { name: 'custom', exact: true }).click();
  await settled(page);
  assert.ok((await names()).some((name) => name.includes('custom')));
  await close();
});

test('Tab indents in the code, and leaves it after Escape; undo brings back an example', async () => {
  const { page, close } = await visit({ hash });
  const area = page.getByRole('textbox', { name: 'Generator code' });
  const example = await codeOf(page);
  await area.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Tab');
  await codeIs(page, `  ${example}`);
  await page.keyboard.press('Control+z');
  await codeIs(page, example);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await codeOf(page), example);
  assert.ok(!(await area.evaluate((element) => element === document.activeElement)));
  await page.keyboard.press('Shift+Tab');
  assert.ok(await area.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Shift+Tab');
  assert.ok(
    await page.getByRole('button', { name: 'Run' }).evaluate((b) => b === document.activeElement),
  );

  await page.getByLabel('Example').selectOption('TemplateDataGenerator');
  await settled(page);
  await area.focus();
  await page.keyboard.press('Control+z');
  await codeIs(page, example);
  await close();
});

test('nothing of it is wider than the screen', async () => {
  const { page, close } = await visit({ hash });
  for (const { width } of [phone, { width: 600 }, { width: 768 }, desktop]) {
    await page.setViewportSize({ width, height: 900 });
    await assertFits(page, width);
  }
  await close();
});
