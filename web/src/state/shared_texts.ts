import type { Config, Parameter, Split } from 'synthgen';

import { commandLine, nodeLines } from './recipe';

/** What there is to share. */
export interface Shared {
  /** The settings as the core gets them. */
  given: Config;
  parameters: readonly Parameter[];
  /** The visitor's code that makes the sequences; undefined if the core makes them. */
  code: string | undefined;
  /** The page's whole address. */
  link: string;
  split: Split;
  /** How many sequences the split has. */
  sequences: number;
  /** Why the core does not take the settings, if it does not. */
  refusal?: string | undefined;
}

/** One way to share. */
export interface SharedText {
  name: string;
  /** What to do with it. */
  about: string;
  /** Undefined where there is no such way; `about` then says why. */
  text: string | undefined;
}

/** A sample in a text is at most so large. */
const mostSequences = 1000;

const attribute = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll("'", '&#39;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;');

/** JSON as a literal of Python. */
export function pythonLiteral(value: unknown): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null) return 'None';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  return `{${members(value).join(', ')}}`;
}

const members = (value: object) =>
  Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${pythonLiteral(entry)}`);

/** A config as a dictionary of Python, a line for each key. */
const pythonConfig = (config: Config) =>
  `{\n${members(config)
    .map((member) => `    ${member},\n`)
    .join('')}}`;

/** A raw string of C++; its delimiter is none that ends the text early. */
export function rawString(text: string): string {
  let delimiter = 'json';
  while (text.includes(`)${delimiter}"`)) delimiter += '_';
  return `R"${delimiter}(${text})${delimiter}"`;
}

/** A page next to this one. */
const nextTo = (link: string, file: string) => new URL(file, link).href;

/** The part of a link that holds the state. */
const stateOf = (link: string) => new URL(link).hash.slice(1);

/** What an embedded view shows. */
const parts = 'raster,numbers';

function iframe({ link, given }: Shared): string {
  const state = stateOf(link);
  const address = `${nextTo(link, 'embed.html')}#${state}${state === '' ? '' : '&'}view=${parts}`;
  const title = `synthgen: sequences of the family ${String(given['generator'])}`;
  return `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="420" loading="lazy"></iframe>`;
}

function customElement({ link }: Shared): string {
  const fallback = `<a href="${attribute(link)}">Open in playground</a>`;
  return [
    `<script type="module" src="${attribute(nextTo(link, 'view.js'))}"></script>`,
    `<synthgen-view link="${attribute(stateOf(link))}" view="${parts}">${fallback}</synthgen-view>`,
  ].join('\n');
}

function python({ given, split, sequences }: Shared): string {
  return `import synthgen

config = ${pythonConfig(given)}
data = synthgen.generate(config, split="${split}", count=${Math.min(sequences, mostSequences)})
print(data.tokens.shape)
synthgen.write(config, "data/custom")
`;
}

function loader({ given }: Shared): string {
  return `from torch.utils.data import DataLoader
from synthgen.torch import GeneratedDataset

config = ${pythonConfig(given)}
loader = DataLoader(GeneratedDataset(config, batch_size=32), batch_size=None)
batch = next(iter(loader))
print(batch["input_ids"].shape)
`;
}

function javascript({ given, split, sequences }: Shared): string {
  return `import { createSynthgen } from 'synthgen';

const synthgen = await createSynthgen();
const generator = synthgen.generator(${JSON.stringify(given, null, 2)});
const { tokens, offsets } = generator.generate({ split: '${split}', count: ${Math.min(sequences, mostSequences)} });
console.log(offsets.length - 1, 'sequences,', tokens.length, 'tokens');
`;
}

function cpp({ given }: Shared): string {
  return `#include <cstdio>
#include <synthgen/config/config_json.hpp>
#include <synthgen/dataset/write/write_dataset.hpp>
#include <synthgen/generate/generator.hpp>

int main() {
  const auto written =
      synthgen::parse_config(${rawString(JSON.stringify(given))}, "config")
          .and_then([](const synthgen::Config& config) {
            return synthgen::Generator::create(config);
          })
          .and_then([](const synthgen::Generator& generator) {
            return synthgen::write_dataset(generator, {.output_dir = "data/custom"});
          });
  if (!written) std::fprintf(stderr, "%s\\n", written.error().message.c_str());
  return written ? 0 : 1;
}
`;
}

/** Every way to share settings as a text. Each text makes the same dataset. */
export function sharedTexts(shared: Shared): SharedText[] {
  const { given, parameters, code, link, refusal } = shared;
  const json = JSON.stringify(given, null, 2);
  const ofCore = (name: string, about: string, text: (of: Shared) => string): SharedText => {
    if (refusal !== undefined) {
      return { name, about: `These settings are not allowed: ${refusal}`, text: undefined };
    }
    if (code === undefined) return { name, about, text: text(shared) };
    const reason = 'Only the playground and JavaScript run your code: share the link or the lines.';
    return { name, about: reason, text: undefined };
  };
  return [
    { name: 'link', about: 'Opens this view with all its settings.', text: link },
    ofCore('iframe', 'Shows the sequences in any page.', iframe),
    ofCore(
      'element',
      'The same without a frame: a custom element, themable by CSS.',
      customElement,
    ),
    ofCore('command', 'Writes the files with the program.', () => commandLine(given, parameters)),
    code === undefined
      ? { name: 'JSON', about: 'A config file, for --config and every interface.', text: json }
      : { name: 'JSON', about: 'The config; the code is a file of its own.', text: json },
    ofCore('Python', 'Arrays of any part, and the files. Needs the package synthgen.', python),
    ofCore('PyTorch', 'Batches made while a model trains. Needs the package synthgen.', loader),
    code === undefined
      ? ofCore(
          'JavaScript',
          'In Node.js, or in a page with a bundler. Needs the package synthgen.',
          javascript,
        )
      : {
          name: 'JavaScript',
          about: 'In Node.js, with the code in generator.mjs next to it.',
          text: nodeLines(given, Math.min(shared.sequences, mostSequences), false, shared.split),
        },
    ofCore('C++', 'Writes the files. Links to the installed library synthgen::synthgen.', cpp),
  ];
}
