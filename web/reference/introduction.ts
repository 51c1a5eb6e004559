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

/** What the page covers, and one config as a file, as flags and as a link. */
export function introduction({ version, streamVersion, parameters, example }: Facts): Html {
  const json = parameters.filter(({ type }) => type === 'json').map(({ key }) => key);
  return element(
    'section',
    { class: 'introduction', 'aria-labelledby': 'reference' },
    element('h1', { id: 'reference' }, 'Reference'),
    element(
      'p',
      { class: 'lead' },
      'Every family, parameter and measure of synthgen, generated from the tables that the program and the playground use.',
    ),
    element(
      'p',
      {},
      'A config file, command-line flags and a link to the playground all set the same parameters; the others keep their defaults. These three are equivalent:',
    ),
    element(
      'dl',
      { class: 'ways' },
      way('Config file', configJson(example.config), 'JSON with the keys listed here, for ', [
        element('code', {}, '--config FILE'),
        '. ',
        element('code', {}, 'synthgen schema'),
        ' prints its JSON Schema.',
      ]),
      way(
        'Flags',
        example.command.replaceAll(' --', ' \\\n  --'),
        'Dashes replace underscores, and commas separate list items. Flags take precedence over the config file. ',
        joined(json.map((key) => linkTo(key, nameCode(key)))),
        ' take JSON or the name of a JSON file.',
      ),
      way(
        'Link',
        `./#${example.hash}`,
        element('a', { href: `./#${example.hash}` }, 'Open it'),
        '. The address of the playground always holds the current state, so you can share what you see.',
      ),
    ),
    element('p', { class: 'versions' }, `synthgen ${version}, stream version ${streamVersion}`),
  );
}
