import assert from 'node:assert/strict';
import test from 'node:test';

import { circles, misdirected } from '../../tools/check/includes.js';

const faults = (path, ...lines) => misdirected(path, lines.join('\n'));

test('a room of the core may include itself and earlier rooms', () => {
  assert.deepEqual(
    faults(
      'cpp/synthgen/generate/layers/content.cpp',
      '#include "synthgen/generate/layers/content.hpp"',
      '#include "synthgen/random/stream.hpp"',
      '#include <vector>',
    ),
    [],
  );
});

test('an include of a later room is reported with its line and the order', () => {
  assert.deepEqual(faults('cpp/synthgen/random/a.hpp', '', '#include "synthgen/config/b.hpp"'), [
    {
      line: 2,
      message:
        'random may not include config: the order is random → config → io → law → generate → formats → analyze → expect → advise → score → dataset → cli | wasm | python',
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

test('an include of an unknown room of the core is reported', () => {
  assert.match(
    faults('cpp/cli/a.cpp', '#include "synthgen/util/b.hpp"')[0].message,
    /'util' is not a room/,
  );
});

test('the program and the bindings include the core, never one another', () => {
  assert.deepEqual(faults('cpp/cli/a.cpp', '#include "synthgen/dataset/b.hpp"'), []);
  assert.deepEqual(faults('cpp/cli/a.cpp', '#include "cli/b.hpp"'), []);
  assert.equal(faults('cpp/wasm/a.cpp', '#include "cli/b.hpp"').length, 1);
  assert.equal(faults('cpp/cli/a.cpp', '#include "wasm/b.hpp"').length, 1);
  assert.equal(faults('cpp/python/a.cpp', '#include "cli/b.hpp"').length, 1);
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

test('an import that leaves web is reported, however it is written', () => {
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

test('a room of the page imports itself and earlier rooms, and any style sheet', () => {
  assert.deepEqual(
    faults(
      'web/src/charts/bars.ts',
      "import '../theme/charts.css';",
      "import { formatCount } from '../model/format';",
      "import { scaleLinear } from './axes';",
      "import type { Report } from 'synthgen';",
    ),
    [],
  );
  assert.deepEqual(faults('web/src/main.ts', "import { App } from './app/app';"), []);
});

test('an import of a later room of the page is reported with the order', () => {
  assert.deepEqual(faults('web/src/charts/bars.ts', '', "import { x } from '../panels/x';"), [
    {
      line: 2,
      message:
        'charts may not import panels: the order is model → dom → state → worker → custom → charts → panels → app',
    },
  ]);
  for (const [path, imported] of [
    ['web/src/model/reading.ts', '../state/state'],
    ['web/src/state/hash.ts', '../worker/client'],
    ['web/src/worker/client.ts', '../charts/bars'],
    ['web/src/panels/form/form.ts', '../../app/app'],
    ['web/src/app/app.ts', '../main'],
  ]) {
    const found = faults(path, `import type { X } from '${imported}';`);
    assert.equal(found.length, 1, `${path} imports ${imported}`);
  }
});

test('an unknown room of the page is reported', () => {
  const found = faults('web/src/panels/form/form.ts', "import { x } from '../../util/x';");
  assert.match(found[0].message, /'util' is not a room of the page/);
});

test('rooms that include one another are reported, through however many rooms', () => {
  const files = [
    ['cpp/synthgen/io/gzip/a.hpp', '#include "synthgen/io/files/b.hpp"'],
    ['cpp/synthgen/io/files/b.hpp', '#include "synthgen/io/lines/c.hpp"'],
    ['cpp/synthgen/io/lines/c.hpp', '\n#include "synthgen/io/gzip/a.hpp"'],
  ];
  const [fault, ...others] = circles(files);
  assert.deepEqual(others, []);
  assert.match(fault.message, /^closes a circle of rooms: (\S+) → \S+ → \S+ → \1$/);
  assert.deepEqual(circles(files.slice(1)), []);
});

test('of a room and one inside it, the outer one is at fault', () => {
  const files = [
    ['cpp/synthgen/io/file.hpp', '#include <vector>\n#include "synthgen/io/gzip/a.hpp"'],
    ['cpp/synthgen/io/gzip/a.hpp', '#include "synthgen/io/bytes.hpp"'],
    ['cpp/synthgen/io/gzip/b.hpp', '#include "synthgen/io/bytes.hpp"'],
  ];
  assert.deepEqual(circles(files), [
    {
      path: 'cpp/synthgen/io/file.hpp',
      line: 2,
      message: 'closes a circle of rooms: cpp/synthgen/io → cpp/synthgen/io/gzip → cpp/synthgen/io',
    },
  ]);
  assert.deepEqual(circles(files.slice(1)), []);
});

test('circles of the page are reported as those of the core', () => {
  const found = circles([
    ['web/src/panels/form/form.ts', "import type { Row } from '../numbers/rows';"],
    ['web/src/panels/numbers/rows.ts', "import { field } from '../form/form';"],
  ]);
  assert.equal(found.length, 1);
});

test('tests and tools may include everything', () => {
  assert.deepEqual(faults('tests/random/a_test.cpp', '#include "synthgen/dataset/b.hpp"'), []);
});
