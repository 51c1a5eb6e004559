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
