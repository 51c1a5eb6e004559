import { expect, test } from 'vitest';

import { csvOf } from '../../../../web/src/panels/charts/chart_files';

test('numbers stay as they are, unknown ones are empty, texts are quoted where they must be', () => {
  const table = {
    columns: ['name', 'share, of positions'],
    rows: [
      ['say "a"', 0.1 + 0.2],
      ['1 2 3', null],
    ],
  };
  expect(csvOf(table)).toBe(
    'name,"share, of positions"\n"say ""a""",0.30000000000000004\n1 2 3,\n',
  );
});
