import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

const read = (name: string) =>
  readFileSync(new URL(`../../../../web/src/theme/${name}.css`, import.meta.url), 'utf8');

/** A colour in CIE L*a*b*, where distances are as large as they look. */
function lab(hex: string): number[] {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0888);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: string, b: string) => {
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(...one.map((value, i) => value - other[i]!));
};

const [, ...pinned] = /--pinned: light-dark\((#\w+), (#\w+)\)/.exec(read('tokens'))!;
const kinds = [
  ...read('kinds').matchAll(/\.(kind-[\w-]+) \{\s*--kind: light-dark\((#\w+), (#\w+)\)/g),
];

describe.each([
  ['light', 0],
  ['dark', 1],
])('in the %s theme', (_theme, i) => {
  test.each(kinds.map(([, name, ...colors]) => [name!, colors[i]!] as const))(
    'outlines of what is pinned look unlike %s',
    (name, color) => {
      expect(distance(pinned[i]!, color)).toBeGreaterThan(name === 'kind-noise' ? 45 : 30);
    },
  );
});
