import { expect, test } from 'vitest';

import {
  enterEdit,
  tabEdit,
  type Edit,
  type Selected,
} from '../../../../web/src/panels/editor/code_area';

/** A text with its selection between bars; one bar is a cursor. */
function selected(marked: string): Selected {
  const [before = '', inside = '', after] = marked.split('|');
  const middle = after === undefined ? '' : inside;
  const rest = after ?? inside;
  return {
    text: before + middle + rest,
    start: before.length,
    end: before.length + middle.length,
  };
}

function edited(make: (from: Selected) => Edit, marked: string): string {
  const from = selected(marked);
  const { start, end, insert } = make(from);
  return from.text.slice(0, start) + insert + from.text.slice(end);
}

test.each([
  ['a|b', 'a  b'],
  ['a|b|c', 'a  c'],
  ['|', '  '],
  ['x\n  a|b\n\nc|d\ny', 'x\n    ab\n\n  cd\ny'],
  ['a|\nb|', '  a\n  b'],
])('Tab puts in two spaces, and moves several selected lines: %j', (before, expected) => {
  expect(edited(tabEdit, before)).toBe(expected);
});

test.each([
  ['a|', 'a\n'],
  ['  a|b', '  a\n  b'],
  ['x\n    a;|', 'x\n    a;\n    '],
  ['  f() {|', '  f() {\n    '],
  ['  (x) =>|', '  (x) =>\n    '],
  ['  a|b|c', '  a\n  c'],
])(
  'Enter keeps the indentation, and deepens it after what opens something: %j',
  (before, expected) => {
    expect(edited(enterEdit, before)).toBe(expected);
  },
);
