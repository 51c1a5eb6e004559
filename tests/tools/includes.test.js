import assert from 'node:assert/strict';
import test from 'node:test';

import { misdirected } from '../../tools/check/includes.js';

const faults = (path, ...lines) => misdirected(path, lines.join('\n'));

test('a layer may include itself and earlier layers', () => {
  assert.deepEqual(
    faults(
      'cpp/synthgen/generate/content.cpp',
      '#include "synthgen/generate/content.hpp"',
      '#include "synthgen/random/stream.hpp"',
      '#include <vector>',
    ),
    [],
  );
});

test('a layer that includes a later one is told with its line and the order', () => {
  assert.deepEqual(faults('cpp/synthgen/random/a.hpp', '', '#include "synthgen/config/b.hpp"'), [
    {
      line: 2,
      message:
        'random may not include config: the order is random → config → io → law → generate → formats → analyze → expect → advise → score → dataset → cli | wasm | preview',
    },
  ]);
  for (const [path, included] of [
    ['cpp/synthgen/config/a.cpp', 'synthgen/generate/b.hpp'],
    ['cpp/synthgen/generate/a.cpp', 'synthgen/analyze/b.hpp'],
    ['cpp/synthgen/analyze/a.cpp', 'synthgen/dataset/b.hpp'],
    ['cpp/synthgen/dataset/a.cpp', 'cli/b.hpp'],
  ]) {
    assert.equal(
      faults(path, `#  include "${included}"`).length,
      1,
      `${path} includes ${included}`,
    );
  }
});

test('an include of a folder that is no layer is told', () => {
  assert.match(faults('cpp/cli/a.cpp', '#include "synthgen/util/b.hpp"')[0].message, /no layer/);
});

test('the program and the bindings include the core, never one another', () => {
  assert.deepEqual(faults('cpp/cli/a.cpp', '#include "synthgen/dataset/b.hpp"'), []);
  assert.deepEqual(faults('cpp/cli/a.cpp', '#include "cli/b.hpp"'), []);
  assert.equal(faults('cpp/wasm/a.cpp', '#include "cli/b.hpp"').length, 1);
  assert.equal(faults('cpp/cli/a.cpp', '#include "wasm/b.hpp"').length, 1);
});

test('the page imports the page, the module and packages', () => {
  assert.deepEqual(
    faults(
      'web/charts/axis.ts',
      "import { scaleLinear } from 'd3-scale';",
      "import type { Report } from '../module/index.js';",
      "import './axis.css';",
    ),
    [],
  );
});

test('an import that leaves web is told, however it is written', () => {
  for (const line of [
    "import { x } from '../../tools/x.js';",
    "export { x } from '../../tests/x.js';",
    "const x = await import('../../cpp/x.js');",
    "const url = new URL('../../data/x.json', import.meta.url);",
    "import '../../tests/x.css';",
  ]) {
    assert.equal(faults('web/charts/axis.ts', line).length, 1, line);
  }
});

test('the module imports itself, the compiled module and node, but no packages and no page', () => {
  const line = (imported) => faults('web/module/node.js', `import x from '${imported}';`).length;
  assert.equal(line('./api.js'), 0);
  assert.equal(line('../../build/wasm/synthgen.js'), 0);
  assert.equal(line('node:fs'), 0);
  assert.equal(line('d3-scale'), 1);
  assert.equal(line('../page/state.js'), 1);
});

test('tests and tools may include everything', () => {
  assert.deepEqual(faults('tests/random/a_test.cpp', '#include "synthgen/dataset/b.hpp"'), []);
});
