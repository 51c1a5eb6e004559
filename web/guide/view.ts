import type { Config, Synthgen } from 'synthgen';

import { element, type Html } from '../reference/markup';
import { firstTokens, pictureFigure } from '../reference/picture';
import { encodeHash } from '../src/state/hash';
import { openingView } from '../src/state/state';

const parts = ['raster', 'charts', 'numbers', 'text'];

function list(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',');
}

function check(what: string, names: readonly string[], isKnown: (name: string) => boolean): void {
  for (const name of names) {
    if (!isKnown(name)) throw new Error(`synthgen-view: ${what} has no ${name}`);
  }
}

/**
 * Makes live views from blocks `synthgen-view`, whose text is a config in JSON. Before the site's
 * script is there, and without it, a view is a picture of the first sequences and a link. Fails on
 * what the core or the element would refuse.
 */
export function liveViews(core: Synthgen, root: string) {
  const parameters = core.parameters();
  const charts = core
    .measures()
    .filter(({ chart, in_page }) => chart !== 'none' && in_page !== 'of_files')
    .map(({ name }) => `chart:${name}`);
  return (text: string, settings: ReadonlyMap<string, string>): Html => {
    check('a block', [...settings.keys()], (name) => ['view', 'controls'].includes(name));
    check('view', list(settings.get('view')), (name) => [...parts, ...charts].includes(name));
    const config: Config = JSON.parse(text);
    core.checkConfig(config);
    const family = String(config['generator']);
    check('controls', list(settings.get('controls')), (name) =>
      parameters.some(({ key, families }) => key === name && families.includes(family)),
    );
    const hash = encodeHash({ config, view: openingView }, parameters);
    return element(
      'synthgen-view',
      {
        config: JSON.stringify(config),
        view: settings.get('view'),
        controls: settings.get('controls'),
      },
      element(
        'div',
        { class: 'view-picture' },
        pictureFigure(family, firstTokens(core, config, { sequences: 6, tokens: 64 })),
        element('p', {}, element('a', { href: `${root}#${hash}` }, 'Open in the playground')),
      ),
    );
  };
}
