import { kindClass } from '../../model/kinds';
import type { StructurePalette } from './paint';

// The colour map viridis (Nathaniel Smith and Stéfan van der Walt, CC0), from 33 of its colours.
const stops =
  '440154470d6048186a482374472d7b4537814240863e49893b528b375b8d33638d2f6b8e2c728e297a8e26828e23898e21918d1f978b1f9f8821a68527ad8131b57b3ebc744dc26c5dc8636ece5882d34d95d840aadc32c0df25d5e21aeae51afde725';

/** 256 colours from dark to light, as channels from 0 to 255. */
export const viridis: readonly (readonly [number, number, number])[] = Array.from(
  { length: 256 },
  (_, i) => {
    const at = (i / 255) * (stops.length / 6 - 1);
    const stop = Math.min(Math.floor(at), stops.length / 6 - 2);
    const channel = (c: number) => {
      const [low, high] = [stop, stop + 1].map((s) =>
        parseInt(stops.slice(6 * s + 2 * c, 6 * s + 2 * c + 2), 16),
      ) as [number, number];
      return Math.round(low + (high - low) * (at - stop));
    };
    return [channel(0), channel(1), channel(2)];
  },
);

/** A colour as one pixel of a canvas: bytes R, G, B, A in memory. */
export type Pixel = number;

/** The pixel of three channels from 0 to 255, opaque (typed arrays here are little-endian). */
export function pixel(red: number, green: number, blue: number): Pixel {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** `rgb(1, 2, 3)`, `#010203` or `color(srgb 0 0.5 1)` as channels from 0 to 255. */
export function channels(color: string): [number, number, number] {
  const hex = /^#(..)(..)(..)/.exec(color);
  if (hex) return [1, 2, 3].map((i) => parseInt(hex[i] ?? '0', 16)) as [number, number, number];
  const scale = color.startsWith('color(') ? 255 : 1;
  const numbers = (color.match(/[\d.]+/g) ?? []).map((text) => Math.round(Number(text) * scale));
  return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0];
}

/** Both colours mixed; `share` of the second. */
export function mixed(first: readonly number[], second: readonly number[], share: number): Pixel {
  const channel = (i: number) =>
    Math.round((first[i] ?? 0) * (1 - share) + (second[i] ?? 0) * share);
  return pixel(channel(0), channel(1), channel(2));
}

/** From 0 to 255, as the eye weighs the channels. */
export function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

const shadeCount = 5;

/** The surface's share in the palest shade of kinds that should be less prominent. */
const depths: Record<string, number> = { fresh: 0.45, custom: 0.7 };

/** 256 steps of viridis: even steps in lightness, safe for colour-blind eyes. */
export const tokenScale = Uint32Array.from(viridis, ([r, g, b]) => pixel(r, g, b));

/** Reads the theme's colours as they are now; `probe` is any element of the page. */
export class Palette implements StructurePalette {
  readonly surface: readonly number[];
  /** For cells without a distance. */
  readonly plain: Pixel;
  readonly bandScale: Uint32Array;
  readonly successorScale: Uint32Array;
  readonly stateScales: readonly Uint32Array[];
  /** From near to far; near repeats contrast with the surface. */
  readonly repetitionScale: Uint32Array;
  readonly #probe: HTMLElement;
  readonly #shades = new Map<string, Uint32Array>();

  constructor(probe: HTMLElement) {
    this.#probe = probe;
    this.surface = this.#read('kind-surface');
    this.plain = mixed(this.#read('kind-fresh'), this.surface, 0.55);
    // Paler than the token scale, since a band is where tokens may be, not a token.
    this.bandScale = Uint32Array.from(viridis, (color) => mixed(color, this.surface, 0.7));
    this.successorScale = Uint32Array.from(viridis, (color) => mixed(color, this.surface, 0.35));
    this.stateScales = [0, 0.2, 0.4].map((share) =>
      Uint32Array.from(viridis, (color) => mixed(color, this.surface, share)),
    );
    const isDark = luminance(this.surface) < 128;
    this.repetitionScale = isDark ? tokenScale.toReversed() : tokenScale;
  }

  /** A kind's colour in a few neighbouring shades: equal tokens get equal ones, so motifs show. */
  readonly shadesOf = (kind: string): Uint32Array => {
    const known = this.#shades.get(kind);
    if (known) return known;
    const base = this.#read(kindClass(kind));
    const depth = depths[kind] ?? 0.3;
    const shades = Uint32Array.from({ length: shadeCount }, (_, i) =>
      mixed(base, this.surface, (depth * i) / (shadeCount - 1)),
    );
    this.#shades.set(kind, shades);
    return shades;
  };

  #read(className: string): [number, number, number] {
    this.#probe.className = `kind-probe ${className}`;
    return channels(getComputedStyle(this.#probe).color);
  }
}
