import { expect, test } from 'vitest';

import { forShadow } from '../../../../web/embed/shadow_styles';

test('what a style sheet says of the page’s root it says of the host, and of a theme by its attribute', () => {
  const css =
    ":root { --a: 1 } :root[data-theme='dark'] { --a: 2 } :root, :root[data-theme] { --b: 3 }";
  expect(forShadow(css)).toBe(
    ":host { --a: 1 } :host([theme='dark']) { --a: 2 } :host, :host([theme]) { --b: 3 }",
  );
});
