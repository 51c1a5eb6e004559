import { spawnSync } from 'node:child_process';

/** Works whose instructions are counted. */
export const counted = [
  'generate random',
  'generate zipf',
  'generate pattern',
  'generate noisy pattern',
  'generate pattern with latents',
  'generate hierarchical',
  'generate conditional',
  'generate composed',
  'generate template',
  'write random as jsonl',
  'write random as npy',
  'write random as pt',
  'read jsonl',
  'read npy',
  'analyze pattern: the basic measures',
  'analyze pattern: distinct_n',
  'analyze pattern: rep_n',
  'analyze pattern: lz_complexity',
  'analyze pattern: lag_equality',
  'predict pattern',
];

const sequences = 512;
const tokens = sequences * 512;

/** The instructions that Callgrind reports at the end of its messages. */
export function collected(messages) {
  const found = /Collected\s*:\s*(\d+)/.exec(messages);
  return found === null ? undefined : Number(found[1]);
}

function instructions(program, folder, name, runs) {
  const { error, stderr } = spawnSync(
    'valgrind',
    [
      '--tool=callgrind',
      `--callgrind-out-file=${folder}/callgrind.out`,
      program,
      folder,
      `${sequences}`,
      name,
      `${runs}`,
    ],
    { encoding: 'utf8' },
  );
  if (error?.code === 'ENOENT') return undefined;
  const count = collected(stderr);
  if (count === undefined) throw new Error(`valgrind, ${name}: ${stderr}`);
  return count;
}

/** Instructions per token of each work: what a second run adds to a first one. */
export function countInstructions(program, folder, names = counted) {
  const results = [];
  for (const name of names) {
    const once = instructions(program, folder, name, 1);
    if (once === undefined) return { absent: 'valgrind' };
    const twice = instructions(program, folder, name, 2);
    results.push({ name, instructions_per_token: (twice - once) / tokens });
  }
  return results;
}
