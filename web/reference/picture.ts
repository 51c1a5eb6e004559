import type { Config, Synthgen } from 'synthgen';

import { kindClass } from '../src/model/kinds';
import { viridis } from '../src/panels/raster/palette';
import { element, type Html } from './markup';

/** Some sequences of a family: for each token the name of its kind, and its place where it has one. */
export interface Picture {
  rows: { kind: string; place: number | undefined }[][];
}

const sequences = 6;
const length = 48;
const cell = 10;

/** Kinds whose tokens are coloured by place, as in the playground. */
const placed = ['band', 'successor', 'state', 'transition'];

/** What a picture needs apart from the family's own config: few ids, short sequences. */
const settings: Record<string, Config> = {
  hmm: { vocab_size: 3 },
  markov: { vocab_size: 3 },
  pattern: { pattern_probability: 0.6 },
  recall: { num_kv_pairs: 6, random_non_queries: false, label_layout: 'stream' },
};

/** The config of a family's picture. */
export function pictureConfig(config: Config): Config {
  const { vocab_size = 64, ...own } = settings[String(config['generator'])] ?? {};
  return { ...config, vocab_size, seq_length: length, ...own };
}

/** Asks the core for the sequences of a family's picture. */
export function pictureOf(core: Synthgen, config: Config): Picture {
  return firstTokens(core, pictureConfig(config), { sequences, tokens: length });
}

/** The first tokens of a config's first sequences. */
export function firstTokens(
  core: Synthgen,
  config: Config,
  most: { sequences: number; tokens: number },
): Picture {
  const names = core.tokenKinds();
  const generator = core.generator(config);
  try {
    const { offsets, structure } = generator.generate({ count: most.sequences, structure: true });
    const cells = [...(structure?.kinds ?? [])].map((index, i) => {
      const kind = names[index] ?? '';
      return { kind, place: placed.includes(kind) ? structure?.bandPlaces[i] : undefined };
    });
    return {
      rows: Array.from({ length: offsets.length - 1 }, (_, row) =>
        cells.slice(offsets[row], offsets[row + 1]).slice(0, most.tokens),
      ),
    };
  } finally {
    generator.delete();
  }
}

/** The colour of a place, as in the playground. */
export function colour(place: number): string {
  const [red, green, blue] = viridis[place] ?? [0, 0, 0];
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** A row as rectangles, one for each run of equal colours. */
function rectangles(row: Picture['rows'][number], y: number): Html[] {
  const made: Html[] = [];
  for (let start = 0, end = 1; start < row.length; start = end, end += 1) {
    const { kind, place } = row[start]!;
    while (row[end]?.kind === kind && row[end]?.place === place) end += 1;
    made.push(
      element('rect', {
        class: kindClass(kind),
        x: String(start * cell),
        y: String(y * cell),
        width: String((end - start) * cell),
        height: String(cell - 1),
        fill: place === undefined ? undefined : colour(place),
      }),
    );
  }
  return made;
}

/** Sequences as rows of cells in the colours of the playground, with their meaning. */
export function pictureFigure(name: string, { rows }: Picture): Html {
  const kinds = [...new Set(rows.flat().map(({ kind }) => kind))];
  const width = Math.max(...rows.map((row) => row.length)) * cell;
  return element(
    'figure',
    { class: 'family-picture' },
    element(
      'svg',
      {
        viewBox: `0 0 ${width} ${rows.length * cell}`,
        role: 'img',
        'aria-label': `${rows.length} sequences of ${name}, each token coloured by its kind`,
      },
      rows.flatMap((row, y) => rectangles(row, y)),
    ),
    element(
      'ul',
      { class: 'legend' },
      kinds.map((kind) =>
        element('li', { class: kindClass(kind) }, element('span', { class: 'swatch' }), kind),
      ),
    ),
  );
}
