// The commands that write files, a row each: what a sweep runs, and how its end is reached again.
//
// name      of the test
// inputs    commands that make what `run` reads, in the directory of the case
// old       commands that make what stands at the output before; none where nothing does
// run       the command
// finish    commands that finish what a stopped run left: the first that does not refuse counts
// output    the directory, or the files, that the command writes
// merges    whether it ends with a merge of what it has put in place
// isOneSet  whether old and new files may not stand side by side, whatever manifests say
// needs     a command that fails where this build cannot run the row
//
// All run in the directory of the case, and everything that they name is relative to it.

const quiet = ['--quiet', '--threads', '1'];
const sizes = ['--seq-length', '12', '--vocab-size', '50', '--num-train', '20', '--num-val', '6'];
const ragged = [...sizes, '--length-variation', '0.5'];
/** Other ids in sequences of the same lengths as those of `ragged`. */
const other = ['--generator', 'pattern', '--pattern-probability', '0.9'];

const generate = (output, ...args) => [
  ...['generate', '--output-dir', output, ...ragged, ...quiet],
  ...args,
];

/** A row of `generate`, fresh or over an older dataset. */
function generateRow(name, ...args) {
  const run = generate('out', ...args);
  return {
    name: `generate ${name}`,
    inputs: [],
    old: [],
    run,
    finish: [[...run, '--resume']],
    output: ['out'],
  };
}

function regenerateRow(name, ...args) {
  const row = generateRow(name, ...args);
  const run = [...row.run, '--force'];
  return {
    ...row,
    name: `generate --force ${name}`,
    old: [generate('out', ...args, ...other)],
    run,
    finish: [[...row.run, '--resume'], run],
  };
}

/** Shards that are merged after they were put in place. */
const mergingRow = (row) => ({ ...row, merges: true });

/** Shards, each with its own manifest. */
const threeShards = ['0-1/3', '2/3'].map((shard) => generate('out', '--shard', shard, ...other));

/** Two shards over a dataset in other files. */
function twoShardsOver(name, old) {
  const row = mergingRow(regenerateRow(`two shards over ${name}`, '--num-shards', '2'));
  return { ...row, old };
}

/** One shard anew in a merged dataset, which is none until the other shards fit again. */
function shardOfMergedRow(name, ...args) {
  const row = regenerateRow(`one of the shards of ${name}`, '--shard', '1/2', ...args);
  return { ...row, old: [generate('out', '--num-shards', '2', ...args, ...other)] };
}

const long = ['--seq-length', '600', '--num-train', '1500', '--num-val', '4', '--format', 'npy'];
const manyChunksRun = ['generate', '--output-dir', 'out', ...quiet, ...long];
const manyChunks = {
  ...generateRow('many chunks'),
  run: manyChunksRun,
  finish: [[...manyChunksRun, '--resume']],
};

const source = generate('in', '--format', 'jsonl');
const otherSource = generate('other', '--format', 'jsonl', ...other);

/** Rows of `convert`, fresh and over an older file. */
function convertRows(name, output, ...args) {
  const convert = (from, ...more) => [
    ...['convert', `${from}/train.jsonl`, '--output', `out/${output}`, '--quiet'],
    ...[...args, ...more],
  ];
  const row = { inputs: [source, ['mkdir', 'out']], output: ['out'] };
  const force = convert('in', '--force');
  return [
    {
      ...row,
      ...{ name: `convert to ${name}`, old: [], run: convert('in') },
      finish: [convert('in'), force],
    },
    {
      ...row,
      ...{ name: `convert --force to ${name}`, inputs: [...row.inputs, otherSource] },
      ...{ old: [convert('other')], run: force, finish: [force] },
    },
  ];
}

const stages = JSON.stringify({
  easy: { min_complexity: 0, max_complexity: 0.5, max_length: 8 },
  hard: { min_complexity: 0.5, max_complexity: 1, max_length: 16 },
});
const writeStages = ['write', 'stages.json', stages];
const curriculum = (from, ...more) => [
  ...['curriculum', `${from}/train.jsonl`, '--stages', 'stages.json', '--output-dir', 'out'],
  ...['--quiet', ...more],
];
const report = (from, ...more) => [
  ...['analyze', from, '--html', 'out/report.html', '--quiet', '--threads', '1'],
  ...more,
];
const hasReport = ['analyze', 'in', '--html', 'in.html', '--quiet'];

const bin = ['--format', 'bin', '--separator', '50'];
const labelled = ['--generator', 'conditional', '--num-conditions', '4'];

export const commands = [
  generateRow('jsonl'),
  generateRow('jsonl with latents', '--latents', '--generator', 'hierarchical'),
  generateRow('gzip', '--compress', 'gzip'),
  generateRow('zstd', '--compress', 'zstd', ...labelled),
  generateRow('csv', '--format', 'csv'),
  generateRow('npy', '--format', 'npy'),
  generateRow('pt', '--format', 'pt'),
  generateRow('bin', ...bin),
  generateRow('safetensors', '--format', 'safetensors'),
  generateRow('megatron', '--format', 'megatron'),
  generateRow('shards', '--num-shards', '2', '--format', 'npy'),
  manyChunks,
  regenerateRow('jsonl'),
  regenerateRow('gzip', '--compress', 'gzip'),
  regenerateRow('npy', '--format', 'npy'),
  regenerateRow('pt', '--format', 'pt'),
  regenerateRow('bin', ...bin),
  regenerateRow('safetensors', '--format', 'safetensors'),
  regenerateRow('megatron', '--format', 'megatron'),
  mergingRow(regenerateRow('shards of jsonl', '--num-shards', '2')),
  mergingRow(regenerateRow('shards of npy', '--num-shards', '2', '--format', 'npy')),
  mergingRow(regenerateRow('shards of bin', '--num-shards', '2', ...bin)),
  twoShardsOver('three', threeShards),
  twoShardsOver('three that are merged', [generate('out', '--num-shards', '3', ...other)]),
  twoShardsOver('a whole', [generate('out', '--format', 'npy', ...other)]),
  { ...regenerateRow('a whole over three shards'), old: threeShards },
  shardOfMergedRow('jsonl'),
  shardOfMergedRow('npy', '--format', 'npy'),
  {
    name: 'generate --shard',
    inputs: [],
    old: [generate('out', '--shard', '0/2')],
    run: generate('out', '--shard', '1/2'),
    finish: [generate('out', '--shard', '1/2', '--resume')],
    output: ['out'],
    isPartOfOld: true,
  },
  ...convertRows('jsonl', 'a.jsonl'),
  ...convertRows('gzip', 'a.jsonl.gz', '--compress', 'gzip'),
  ...convertRows('zstd', 'a.jsonl.zst', '--compress', 'zstd'),
  ...convertRows('csv', 'a.csv', '--format', 'csv'),
  ...convertRows('npy', 'a.npy', '--format', 'npy'),
  ...convertRows('pt', 'a.pt', '--format', 'pt'),
  ...convertRows('bin', 'a.bin', ...bin),
  ...convertRows('safetensors', 'a.safetensors', '--format', 'safetensors'),
  ...convertRows('megatron', 'a.bin', '--format', 'megatron'),
  {
    ...{ name: 'curriculum', inputs: [source, writeStages], old: [], run: curriculum('in') },
    ...{ finish: [curriculum('in'), curriculum('in', '--force')], output: ['out'] },
  },
  {
    name: 'curriculum --force',
    inputs: [source, otherSource, writeStages],
    old: [curriculum('other')],
    run: curriculum('in', '--force'),
    finish: [curriculum('in', '--force')],
    output: ['out'],
    isOneSet: true,
  },
  {
    name: 'merge',
    inputs: [],
    old: [generate('out', '--shard', '0/2'), generate('out', '--shard', '1/2')],
    run: ['merge', 'out', '--quiet'],
    finish: [['merge', 'out', '--quiet']],
    output: ['out'],
    isPartOfOld: true,
  },
  {
    ...{ name: 'analyze --html', inputs: [source, ['mkdir', 'out']], old: [], run: report('in') },
    ...{ finish: [report('in'), report('in', '--force')], output: ['out'], needs: hasReport },
  },
  {
    name: 'analyze --html --force',
    inputs: [source, otherSource, ['mkdir', 'out']],
    old: [report('other')],
    run: report('in', '--force'),
    finish: [report('in', '--force')],
    output: ['out'],
    needs: hasReport,
  },
];
