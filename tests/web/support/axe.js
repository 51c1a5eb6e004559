import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { atFullSpeed } from './browser.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

function run(ofColours) {
  const rules = globalThis.axe.getRules(['cat.color']).filter(
    // Not asked of other pages either.
    ({ tags }) => !tags.includes('wcag2aaa'),
  );
  return globalThis.axe.run(document, {
    resultTypes: ['violations'],
    ...(ofColours && { runOnly: rules.map(({ ruleId }) => ruleId) }),
  });
}

/**
 * What axe finds wrong with the page as it is: a line for each rule. `onlyColours`: by the rules about
 * colours, for a page that was found right in others.
 */
export async function violations(page, { onlyColours = false } = {}) {
  // The page's policy does not apply to axe, as it does not to a visitor's own tools.
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(axe);
  const { violations: found } = await atFullSpeed(page, () => page.evaluate(run, onlyColours));
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
