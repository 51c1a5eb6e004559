import type { Facts } from './facts';
import { element, type Child, type Html } from './markup';
import { configJson, joined, linkTo, nameCode } from './text';

function way(name: string, code: string, ...words: Child[]): Html {
  return element(
    'div',
    { class: 'way' },
    element('dt', {}, name),
    element('dd', {}, element('pre', {}, element('code', {}, code)), element('p', {}, words)),
  );
}

/** What the page is, and how config file, flags and links say the same. */
export function introduction({ version, streamVersion, parameters, saying }: Facts): Html {
  const json = parameters.filter(({ type }) => type === 'json').map(({ key }) => key);
  return element(
    'section',
    { class: 'introduction', 'aria-labelledby': 'reference' },
    element('h1', { id: 'reference' }, 'Reference'),
    element(
      'p',
      { class: 'lead' },
      'What synthgen can make, what it can be told, and what it measures: taken from the one table that the program, the config check and the playground read.',
    ),
    element(
      'p',
      {},
      'A config file, the flags of the program and a link to the playground hold the same parameters. What is left out has its default. These three mean the same:',
    ),
    element(
      'dl',
      { class: 'ways' },
      way('Config file', configJson(saying.config), 'JSON with the keys as they stand here, for ', [
        element('code', {}, '--config FILE'),
        '. ',
        element('code', {}, 'synthgen schema'),
        ' prints its JSON Schema.',
      ]),
      way(
        'Flags',
        saying.command.replaceAll(' --', ' \\\n  --'),
        'Dashes for underscores, lists with commas. Flags win over the config file. ',
        joined(json.map((key) => linkTo(key, nameCode(key)))),
        ' take JSON or the name of a file that holds it.',
      ),
      way(
        'Link',
        `./#${saying.hash}`,
        element('a', { href: `./#${saying.hash}` }, 'Open it'),
        '. The playground keeps its address up to date: what is seen can be sent.',
      ),
    ),
    element('p', { class: 'versions' }, `synthgen ${version}, stream version ${streamVersion}`),
  );
}
