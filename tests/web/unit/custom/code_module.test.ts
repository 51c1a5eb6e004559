import { expect, test } from 'vitest';

import { codeModule, parsingScript, withConstant } from '../../../../web/src/custom/code_module';
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
    expect(codeModule(code, 'https://site/worker.js')).toBeUndefined();
  },
);

test('the module keeps the lines, imports the core and hands over class and text', () => {
  const code = 'export default () => 1; // "quoted" </script>\n// no line end';
  expect(codeModule(code, 'https://site/a"b.js')!.split('\n')).toEqual([
    'const generatorClass = () => 1; // "quoted" </script>',
    '// no line end',
    ';import "https://site/a\\"b.js";',
    `serveClass(generatorClass, ${JSON.stringify(code)});`,
    '',
  ]);
});

test('the script that only parses runs nothing of the code', () => {
  let isRun = false;
  const told: unknown[] = [];
  const code = 'run();\nawait 1;\nexport default () => run();';
  const script = parsingScript(code);
  new Function('run', 'self', script)(() => (isRun = true), {
    postMessage: (message: unknown) => told.push(message),
  });
  expect(isRun).toBe(false);
  expect(told).toEqual([null]);
  expect(script.split('\n')[1]).toBe('await 1;');
  expect(() => new Function(parsingScript('export default () => { retrun 1; }'))).toThrow(
    SyntaxError,
  );
});
