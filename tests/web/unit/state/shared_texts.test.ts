import { expect, test } from 'vitest';

import { pythonLiteral, rawString, sharedTexts } from '../../../../web/src/state/shared_texts';
import { table } from '../parameters';

const shared = {
  given: { generator: 'pattern', vocab_size: 9 },
  parameters: table,
  code: undefined,
  link: 'https://example.org/a/index.html#generator=pattern&vocab_size=9',
  split: 'val',
  sequences: 5000,
} as const;

const textOf = (name: string, of = shared as Parameters<typeof sharedTexts>[0]) =>
  sharedTexts(of).find((text) => text.name === name);

test('JSON becomes what Python reads', () => {
  const value = { a: [true, false, null], 'it\'s "b"': { c: -1.5e-7, d: 'é\\n' } };
  expect(pythonLiteral(value)).toBe(
    '{"a": [True, False, None], "it\'s \\"b\\"": {"c": -1.5e-7, "d": "é\\\\n"}}',
  );
});

test('a raw string of C++ ends where the text ends', () => {
  expect(rawString('{}')).toBe('R"json({})json"');
  expect(rawString('a)json"b')).toBe('R"json_(a)json"b)json_"');
  expect(rawString('a)json"b)json_"')).toBe('R"json__(a)json"b)json_")json__"');
});

test('the pages of the embed are next to the page, whatever its name', () => {
  expect(textOf('iframe')?.text).toContain(
    'src="https://example.org/a/embed.html#generator=pattern&amp;vocab_size=9&amp;view=raster,numbers"',
  );
  expect(textOf('element')?.text).toContain('src="https://example.org/a/view.js"');
});

test('the element keeps the whole state of the link, on one line with a fallback link', () => {
  const state = `generator=pattern&pin.generator=random&view.split=val&name='"<`;
  const link = `https://example.org/a/#${state}`;
  const [script, element, ...others] = textOf('element', { ...shared, link })!.text!.split('\n');
  expect(script).toBe('<script type="module" src="https://example.org/a/view.js"></script>');
  const escaped =
    'generator=pattern&amp;pin.generator=random&amp;view.split=val&amp;name=&#39;%22%3C';
  expect(element).toBe(
    `<synthgen-view link="${escaped}" view="raster,numbers"><a href="https://example.org/a/#${state
      .replaceAll('&', '&amp;')
      .replace("'", '&#39;')
      .replace('"', '&quot;')
      .replace('<', '&lt;')}">Open in playground</a></synthgen-view>`,
  );
  expect(others).toEqual([]);
});

test('texts take a sample of a large split, of the split in view', () => {
  expect(textOf('Python')?.text).toContain('split="val", count=1000');
  expect(textOf('JavaScript')?.text).toContain("split: 'val', count: 1000");
});

test('settings that are not allowed can be sent as a link, and as nothing that would fail', () => {
  const refused = { ...shared, refusal: 'vocab_size: got 1' };
  const offered = sharedTexts(refused).filter(({ text }) => text !== undefined);
  expect(offered.map(({ name }) => name)).toEqual(['link', 'JSON']);
  expect(textOf('C++', refused)?.about).toBe('These settings are not allowed: vocab_size: got 1');
});
