import { element } from '../../dom/element';
import { formatCount } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import { earlierDistances } from '../../model/repeats';
import type { Coloring } from '../../state/state';
import { titleOf } from '../data/part_of_split';
import {
  farthestRepeat,
  paint,
  repetitionColors,
  structureColors,
  tokenColors,
} from '../raster/paint';
import { Palette, pixel, tokenScale } from '../raster/palette';
import { columnsOf } from '../raster/raster';

/** A drawing as a file of its own. */
export interface Picture {
  /** SVG. */
  text: string;
  width: number;
  height: number;
}

const padding = 16;
const headHeight = 42;
const legendHeight = 22;
/** Cells grow to whole pixels until the raster is about so large. */
const target = { width: 960, height: 600 };
const largestCell = 8;
/** Parts of a scale in the legend. */
const scaleSteps = 16;

/** One entry of the legend: colours in a row, with words before and after. */
interface Entry {
  before: string;
  colors: string[];
  after: string;
}

const css = (color: number) =>
  `#${[color & 255, (color >>> 8) & 255, (color >>> 16) & 255]
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;

function steps(scale: Uint32Array): string[] {
  return Array.from({ length: scaleSteps }, (_, i) =>
    css(scale[Math.round((i * (scale.length - 1)) / (scaleSteps - 1))] ?? 0),
  );
}

function colorsOf({ preview }: Inspection, coloring: Coloring, palette: Palette): Uint32Array {
  const { tokens, offsets, config } = preview;
  if (coloring === 'structure') return structureColors(preview, palette);
  if (coloring === 'token') return tokenColors(tokens, Number(config['vocab_size']), tokenScale);
  const distances = earlierDistances(tokens, offsets);
  return repetitionColors(distances, palette.repetitionScale, palette.plain);
}

function legendOf(inspection: Inspection, coloring: Coloring, palette: Palette): Entry[] {
  if (coloring === 'token') {
    const last = formatCount(Number(inspection.preview.config['vocab_size']) - 1);
    return [{ before: 'id 0', colors: steps(tokenScale), after: last }];
  }
  if (coloring === 'repetition') {
    const after = `${formatCount(farthestRepeat)} or more positions`;
    return [
      { before: '', colors: [css(palette.plain)], after: 'first time in its sequence' },
      { before: 'again after 1', colors: steps(palette.repetitionScale), after },
    ];
  }
  const scales: Record<string, Uint32Array | undefined> = {
    band: palette.bandScale,
    successor: palette.successorScale,
    state: palette.stateScales[0],
    transition: palette.stateScales[0],
  };
  return inspection.shares.map(({ kind }) => {
    const scale = scales[kind];
    const plain = kind === 'padding' ? 'none' : css(palette.shadesOf(kind)[0] ?? 0);
    return { before: '', colors: scale ? steps(scale) : [plain], after: kind };
  });
}

/** All cells in view as pixels, in whole pixels for each cell. */
function rasterOf(inspection: Inspection, colors: Uint32Array) {
  const { offsets } = inspection.preview;
  const [rows, columns] = [offsets.length - 1, columnsOf(inspection)];
  const cellOf = (size: number, count: number) =>
    Math.max(1, Math.min(largestCell, Math.floor(size / count)));
  const cellWidth = cellOf(target.width, columns);
  const cellHeight = cellOf(target.height, rows);
  const [width, height] = [columns * cellWidth, rows * cellHeight];
  const canvas = element('canvas', { width, height });
  const context = canvas.getContext('2d');
  const image = new ImageData(width, height);
  const geometry = { cellWidth, cellHeight, scrollX: 0, scrollY: 0 };
  paint(new Uint32Array(image.data.buffer), { width, height }, geometry, colors, offsets);
  context?.putImageData(image, 0, 0);
  return { url: canvas.toDataURL('image/png'), width, height };
}

/** The drawing's words: which family, and what differs from the defaults; none for a file. */
function captionOf({ preview }: Inspection, given: Record<string, unknown>): string {
  const { config, file } = preview;
  if (file !== undefined) return '';
  const settings = Object.entries(given)
    .filter(([key]) => key !== 'generator')
    .map(([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  return [String(config['generator']), ...settings].join(', ');
}

/** The raster in view with its legend and what it shows, in the page's colours. */
export function pictureOf(
  inspection: Inspection,
  coloring: Coloring,
  given: Record<string, unknown>,
): Picture {
  const probe = element('i', { class: 'kind-probe' });
  document.body.append(probe);
  const palette = new Palette(probe);
  const colors = colorsOf(inspection, coloring, palette);
  const entries = legendOf(inspection, coloring, palette);
  // The classes of kinds are known to the theme only while the probe is on the page.
  probe.remove();
  const raster = rasterOf(inspection, colors);
  const page = getComputedStyle(document.documentElement);
  const ink = page.getPropertyValue('--ink').trim() || page.color;
  const inner = Math.max(raster.width, 480);
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const add = (tag: string, attributes: Record<string, string | number>, content = '') => {
    const part = document.createElementNS(namespace, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, String(value));
    part.textContent = content;
    svg.append(part);
  };
  const [red = 0, green = 0, blue = 0] = palette.surface;
  const surface = css(pixel(red, green, blue));
  const background = document.createElementNS(namespace, 'rect');
  svg.append(background);
  const words = { x: padding, fill: ink };
  const caption = captionOf(inspection, given);
  const longest = Math.floor(inner / 6.2);
  const shownCaption = caption.length > longest ? `${caption.slice(0, longest - 1)}…` : caption;
  add(
    'text',
    { ...words, y: padding + 14, 'font-size': 15, 'font-weight': 650 },
    titleOf(inspection),
  );
  add('text', { ...words, y: padding + 32, 'font-size': 12, opacity: 0.8 }, shownCaption);
  const top = padding + headHeight;
  add('image', {
    x: padding,
    y: top,
    width: raster.width,
    height: raster.height,
    href: raster.url,
    'image-rendering': 'pixelated',
  });
  // Entries go on to the next line where one is full; a character is about 6.5 wide.
  let [x, y] = [padding, top + raster.height + 18];
  for (const { before, colors: swatches, after } of entries) {
    const swatch = swatches.length === 1 ? 12 : 5;
    const beforeWidth = before === '' ? 0 : before.length * 6.5 + 5;
    const entryWidth = beforeWidth + swatches.length * swatch + 5 + after.length * 6.5 + 16;
    if (x > padding && x + entryWidth > padding + inner) [x, y] = [padding, y + legendHeight];
    if (before !== '') add('text', { x, y, fill: ink, 'font-size': 12 }, before);
    swatches.forEach((fill, i) => {
      const at = x + beforeWidth + i * swatch;
      add('rect', { x: at, y: y - 10, width: swatch, height: 12, fill });
    });
    const at = x + beforeWidth + swatches.length * swatch + 5;
    add('text', { x: at, y, fill: ink, 'font-size': 12 }, after);
    x += entryWidth;
  }
  const [width, height] = [inner + 2 * padding, y + padding];
  const frame = { width, height, fill: surface };
  for (const [name, value] of Object.entries(frame)) background.setAttribute(name, String(value));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('font-family', page.fontFamily);
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}
