import type { Config, Preset, Synthgen } from 'synthgen';

import { expectations } from '../reference/families';
import { gatherFacts, type Facts } from '../reference/facts';
import { element, Html, markup } from '../reference/markup';
import { pictureConfig } from '../reference/picture';
import { table, type Cell } from '../reference/table';
import { joined, linkTo, nameCode, prose } from '../reference/text';
import { encodeHash } from '../src/state/hash';
import { openingView } from '../src/state/state';
import { presets as gallery } from '../src/state/preset_groups';
import { latentsSection } from './latents';
import type { Tables } from './markdown';

/** What refers to places of the reference, on another page. */
const onReference = (html: Html, root: string) =>
  new Html(markup(html).replaceAll(' href="#', ` href="${root}reference.html#`));

const framed = (columns: readonly string[], rows: readonly (readonly Cell[])[]) =>
  element('div', { class: 'guide-table' }, table(undefined, columns, rows));

function familyFacts({ families }: Facts, name: string) {
  const family = families.find((known) => known.name === name);
  if (family === undefined) throw new Error(`no family is named ${name}`);
  return family;
}

function parametersOf(facts: Facts, name: string): Html {
  const { own } = familyFacts(facts, name);
  if (own.length === 0) return element('p', {}, 'It has only the parameters of every family.');
  const keys = new Set(facts.parameters.map(({ key }) => key));
  return framed(
    ['parameter', 'default', 'meaning'],
    own.map(({ key, default: value, help, allowed }) => [
      { content: linkTo(key, nameCode(key)) },
      { content: [value].flat().join(', ') || 'none' },
      { content: [prose(help, keys, key), ` Allowed: ${allowed}.`] },
    ]),
  );
}

/** Whether a preset belongs to a page: a family's name, or FAMILY/LAYOUT for one layout of it. */
function isOf(name: string, { config }: Preset): boolean {
  const [family, layout] = name.split('/');
  if (config['generator'] !== family) return false;
  return layout === undefined || (config['recall_layout'] ?? 'mqar') === layout;
}

const paragraphs = (...texts: string[]) => texts.map((text) => element('p', {}, text));

/** The playground's own presets of a family, and those of papers with what is known about them. */
function presetsOf(core: Synthgen, name: string, root: string): Html {
  const parameters = core.parameters();
  const link = (config: Config, pinned?: Config) =>
    `${root}#${encodeHash({ config, pinned, view: openingView }, parameters)}`;
  const own = gallery
    .filter(({ config }) => config['generator'] === name)
    .map((preset) => element('a', { href: link(preset.config, preset.pinned) }, preset.name));
  const papers = core.presets().filter((preset) => isOf(name, preset));
  if (own.length + papers.length === 0) throw new Error(`no preset of ${name}`);
  const ofPapers = framed(
    ['preset', 'floor and shortcuts', 'source'],
    papers.map(({ name: preset, summary, config, floor, shortcuts, reference, citation }) => [
      {
        content: [
          element('a', { href: link(config) }, nameCode(preset)),
          element('span', { class: 'preset-summary' }, summary),
        ],
      },
      { content: paragraphs(floor, shortcuts) },
      { content: paragraphs(citation, reference) },
    ]),
  );
  return element(
    'div',
    {},
    own.length > 0 ? element('p', {}, 'In the playground: ', joined(own), '.') : undefined,
    papers.length > 0 ? ofPapers : undefined,
  );
}

/** What the core knows of a family, for its page: the argument names the family. */
export function familyTables(core: Synthgen, root: string): Tables {
  const facts = gatherFacts(core);
  const keys = new Set(facts.parameters.map(({ key }) => key));
  return {
    parameters: (name) => onReference(parametersOf(facts, name), root),
    expected: (name) =>
      onReference(
        element('div', { class: 'guide-table' }, expectations(familyFacts(facts, name), keys)),
        root,
      ),
    presets: (name) => presetsOf(core, name, root),
    latents: (name) => latentsSection(core, pictureConfig(familyFacts(facts, name).config)),
  };
}
