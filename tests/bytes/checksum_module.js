// The checksums that checksums.cpp prints, of sequences that the WebAssembly module generates; for
// node and for a page.

const splits = ['train', 'val', 'test'];
const firsts = [0, 1_000_000_000_000];
const mask = (1n << 64n) - 1n;

/** FNV-1a of 64 bits over numbers of 4 little-endian bytes. */
function add(value, number) {
  let result = value;
  for (let shift = 0; shift < 32; shift += 8) {
    result = ((result ^ BigInt((number >>> shift) & 0xff)) * 0x100000001b3n) & mask;
  }
  return result;
}

/** The checksum of the tokens of each config. */
export function tokenChecksums(synthgen, configs) {
  return configs.map((config) => {
    const generator = synthgen.generator(config);
    let value = 0xcbf29ce484222325n;
    for (const split of splits) {
      for (const first of firsts) {
        const { tokens, offsets } = generator.generate({ split, first, count: 8 });
        for (let i = 0; i + 1 < offsets.length; i += 1) {
          const sequence = tokens.subarray(offsets[i], offsets[i + 1]);
          value = add(value, sequence.length);
          for (const token of sequence) value = add(value, token);
        }
      }
    }
    generator.delete();
    return value.toString(16).padStart(16, '0');
  });
}
