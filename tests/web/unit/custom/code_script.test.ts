import { expect, test } from 'vitest';

import {
  codeScript,
  placeOf,
  uncaught,
  withConstant,
} from '../../../../web/src/custom/code_script';
import { examples } from '../../../../web/src/custom/code_runner';

test.each(examples)(
  'the example $name becomes a constant in the place of its export',
  ({ code }) => {
    const changed = withConstant(code)!;
    expect(changed).toContain('\nconst generatorClass = ({ SequenceGenerator }) =>');
    expect(changed.split('\n').length).toBe(code.split('\n').length);
    expect(changed).not.toContain('export');
  },
);

test.each([
  ['/* export default 1 */ export default 2', '/* export default 1 */ const generatorClass = 2'],
  ['// export default 1\nexport  default 2', '// export default 1\nconst generatorClass = 2'],
  [`"\\"export default 1"; export default 2`, `"\\"export default 1"; const generatorClass = 2`],
  ['`\nexport default 1`\nexport default 2', '`\nexport default 1`\nconst generatorClass = 2'],
  ["'//'; export\ndefault 2", "'//'; const generatorClass = 2"],
])('words in comments and strings are not taken for the export: %j', (code, changed) => {
  expect(withConstant(code)).toBe(changed);
});

test.each(['', 'const x = 1', '// export default 1', 'exports default', 'reexport default 1'])(
  'code without a default export is none: %j',
  (code) => {
    expect(withConstant(code)).toBeUndefined();
    expect(codeScript(code, 'runner();')).toBeUndefined();
  },
);

test('the script has the runner, then the code on its own lines, then hands over class and text', () => {
  const code = 'export default () => 1; // "quoted" </script>\n// no line end';
  const runner = 'first();\nsecond();';
  const lines = codeScript(code, runner)!.split('\n');
  expect(lines).toEqual([
    'first();',
    'second();',
    "(async function () { 'use strict'; await synthgenRunner.load();",
    'const generatorClass = () => 1; // "quoted" </script>',
    '// no line end',
    `;synthgenRunner.serveClass(generatorClass, ${JSON.stringify(code)}, {"before":3,"lines":2});`,
    '})().catch((error) => synthgenRunner.fail(error, {"before":3,"lines":2}));',
    '',
  ]);
  expect(placeOf(code, runner)).toEqual({ before: 3, lines: 2 });
});

test.each([
  [{ message: 'Uncaught Error: x', line: 12 }, 'line 2: x'],
  [{ message: 'Uncaught TypeError: x', line: 99 }, 'line 5: TypeError: x'],
  [{ message: 'Uncaught Error: x', line: 3 }, 'x'],
  [{ message: '', line: 12 }, undefined],
])('a fault of a worker names the line of the code: %j', (fault, words) => {
  expect(uncaught(fault, { before: 10, lines: 5 })).toBe(words);
});
