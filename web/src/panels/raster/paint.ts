import type { Preview } from '../../model/preview';
import type { Geometry } from './geometry';
import { pixel } from './palette';

/** Spreads neighbouring ids over the shades. */
function shadeIndex(token: number, count: number): number {
  return (Math.imul(token, 0x9e3779b1) >>> 16) % count;
}

type Channels = [number, number, number];

/** The surface's share in the colour of unmarked cells. */
const fadedShare = 0.82;

/** Fades unmarked cells, so that marked ones stand out. */
export function fade(colors: Uint32Array, marked: Uint8Array, surface: readonly number[]): void {
  const [red, green, blue] = [0, 1, 2].map((i) => fadedShare * (surface[i] ?? 0)) as Channels;
  const own = 1 - fadedShare;
  for (let i = 0; i < colors.length; i += 1) {
    const color = colors[i] ?? 0;
    if (marked[i] !== 0 || color === 0) continue;
    colors[i] = pixel(
      own * (color & 255) + red,
      own * ((color >>> 8) & 255) + green,
      own * ((color >>> 16) & 255) + blue,
    );
  }
}

/** The colours of the structure: a few shades for each kind, and scales for where bands lie. */
export interface StructurePalette {
  shadesOf: (kind: string) => Uint32Array;
  /** For tokens drawn from a band, and, stronger, for their successors. */
  bandScale: Uint32Array;
  successorScale: Uint32Array;
  /** For tokens of a state and those after a chain's token, in neighbouring shades by token. */
  stateScales: readonly Uint32Array[];
}

/** A colour for every token by the kind of its cell; by its place where its kind has one. */
export function structureColors(
  { tokens, kindNames, structure: { kinds, bandPlaces } }: Preview,
  { shadesOf, bandScale, successorScale, stateScales }: StructurePalette,
): Uint32Array {
  const scales: Record<string, readonly Uint32Array[]> = {
    band: [bandScale],
    successor: [successorScale],
    state: stateScales,
    transition: stateScales,
  };
  const placed = kindNames.map((kind) => scales[kind]);
  const shades = kindNames.map((kind) => (kind === 'padding' ? undefined : shadesOf(kind)));
  const colors = new Uint32Array(tokens.length);
  // A visitor waits for this loop at every key press.
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] ?? 0;
    const kind = kinds[i] ?? 0;
    const ramps = placed[kind];
    if (ramps) {
      colors[i] = ramps[shadeIndex(token, ramps.length)]?.[bandPlaces[i] ?? 0] ?? 0;
      continue;
    }
    const ramp = shades[kind];
    if (ramp) colors[i] = ramp[shadeIndex(token, ramp.length)] ?? 0;
  }
  return colors;
}

/** A colour for every token by its id along the scale. */
export function tokenColors(
  tokens: Uint32Array,
  vocabSize: number,
  scale: Uint32Array,
): Uint32Array {
  const factor = (scale.length - 1) / Math.max(1, vocabSize - 1);
  return tokens.map((token) => scale[Math.min(scale.length - 1, Math.round(token * factor))] ?? 0);
}

/** Distances past this have the scale's last colour. */
export const farthestRepeat = 1024;

/**
 * A colour for every token by the distance to the previous occurrence of its id (0: none, the colour
 * `first`), in even steps of the distance's logarithm, since most repeats are near.
 */
export function repetitionColors(
  distances: Uint32Array,
  scale: Uint32Array,
  first: number,
): Uint32Array {
  const factor = (scale.length - 1) / Math.log2(farthestRepeat);
  return distances.map((distance) => {
    if (distance === 0) return first;
    const place = Math.round(Math.log2(distance) * factor);
    return scale[Math.min(scale.length - 1, place)] ?? 0;
  });
}

/**
 * Draws the visible part into `pixels` (row by row, `width` × `height`): each pixel takes the
 * colour of the cell under its middle; large cells get a gap. Transparent beyond a sequence's end.
 */
export function paint(
  pixels: Uint32Array,
  { width, height }: { width: number; height: number },
  { cellWidth, cellHeight, scrollX, scrollY }: Geometry,
  colors: Uint32Array,
  offsets: Uint32Array,
): void {
  pixels.fill(0);
  const gap = cellWidth >= 8 && cellHeight >= 8 ? 1 : 0;
  const columns = new Int32Array(width);
  for (let x = 0; x < width; x += 1) {
    const place = (x + 0.5 + scrollX) / cellWidth;
    const column = Math.floor(place);
    columns[x] = (place - column) * cellWidth > cellWidth - gap ? -1 : column;
  }
  let paintedRow = -1;
  let paintedLine = 0;
  for (let y = 0; y < height; y += 1) {
    const place = (y + 0.5 + scrollY) / cellHeight;
    const row = Math.floor(place);
    if (row >= offsets.length - 1) break;
    if ((place - row) * cellHeight > cellHeight - gap) continue;
    const line = y * width;
    if (row === paintedRow) {
      pixels.copyWithin(line, paintedLine, paintedLine + width);
      continue;
    }
    const first = offsets[row] ?? 0;
    const length = (offsets[row + 1] ?? 0) - first;
    for (let x = 0; x < width; x += 1) {
      const column = columns[x] ?? -1;
      if (column >= 0 && column < length) pixels[line + x] = colors[first + column] ?? 0;
    }
    paintedRow = row;
    paintedLine = line;
  }
}
