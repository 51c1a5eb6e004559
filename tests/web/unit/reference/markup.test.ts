import { expect, test } from 'vitest';

import { element, markup } from '../../../../web/reference/markup';

test('text and attributes are escaped, nested elements only once', () => {
  const inner = element('b', {}, `<script>"a" & 'b'</script>`);
  expect(markup(element('span', { title: `"><i x='1'>&amp;` }, inner))).toBe(
    '<span title="&quot;&gt;&lt;i x=&#39;1&#39;&gt;&amp;amp;">' +
      '<b>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;</b></span>',
  );
});

test('lists are flattened and undefined is omitted', () => {
  expect(markup(element('i', { id: undefined, class: '' }, ['a', ['b', undefined]], 'c'))).toBe(
    '<i class="">abc</i>',
  );
});
