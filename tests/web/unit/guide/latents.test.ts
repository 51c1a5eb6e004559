import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { latentsSection } from '../../../../web/guide/latents';
import { gatherFacts } from '../../../../web/reference/facts';
import { markup } from '../../../../web/reference/markup';
import { pictureConfig } from '../../../../web/reference/picture';
import { customFamily } from '../../../../web/src/model/custom_family';

const core = await createSynthgen();
const { families } = gatherFacts(core);

/** The rows of a family's table: [field, meaning]. */
function rowsOf({ config }: (typeof families)[number]): string[][] {
  const html = markup(latentsSection(core, pictureConfig(config)));
  const rows = [...html.matchAll(/<tr[^>]*>(<th[^]*?)<\/tr>/g)].slice(1);
  return rows.map(([, cells = '']) =>
    [...cells.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = '']) =>
      cell.replaceAll(/<[^>]*>/g, '').trim(),
    ),
  );
}

for (const family of families.filter(({ name }) => name !== customFamily.name)) {
  test(`${family.name}: each field of its latents has a meaning`, () => {
    const rows = rowsOf(family);
    expect(rows.map(([field]) => field)).toContain('spans');
    for (const row of rows)
      expect(row).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  });
}

test('kinds of spans are listed where there are spans', () => {
  const withKinds = families.filter(
    (family) =>
      family.name !== customFamily.name &&
      rowsOf(family).some(([field]) => field === 'spans[].kind'),
  );
  const names = withKinds.map(({ name }) => name);
  expect(names).toContain('pattern');
  expect(names).not.toContain('hmm');
  expect(names).not.toContain('markov');
});
