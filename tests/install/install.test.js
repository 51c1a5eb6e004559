import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { examples } from '../readme/blocks.js';
import { hostileConfig, textsOf } from '../support/shared_texts.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'synthgen-install-'));
const prefix = join(folder, 'prefix');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const run = (command, ...parameters) => execFileSync(command, parameters, { encoding: 'utf8' });

after(() => rmSync(folder, { recursive: true }));

test('the installed program runs and prints its version', () => {
  run('cmake', '--install', join(root, 'build/native'), '--prefix', prefix);
  assert.ok(run(join(prefix, 'bin/synthgen'), '--version').includes(version));
});

test('its manual pages and completions are installed where man and the shells look', () => {
  const text = (name) => readFileSync(join(prefix, 'share', name), 'utf8');
  const pages = readdirSync(join(prefix, 'share/man/man1')).map((name) => name.slice(0, -2));
  const commands = [...run(join(prefix, 'bin/synthgen'), '--help').matchAll(/^ {2}([a-z]+) +\S/gm)];
  const names = ['synthgen', ...commands.map(([, name]) => `synthgen-${name}`)];
  assert.deepEqual(pages.toSorted(), names.toSorted());
  assert.match(text('man/man1/synthgen.1'), new RegExp(`"synthgen ${version}"`));
  assert.match(text('bash-completion/completions/synthgen'), /^complete -F _synthgen synthgen$/m);
  assert.match(text('zsh/site-functions/_synthgen'), /^#compdef synthgen$/m);
  assert.match(text('fish/vendor_completions.d/synthgen.fish'), /^complete -c synthgen -f$/m);
});

const noPackages = spawnSync('dpkg-deb', ['--version']).error !== undefined && 'needs dpkg';

test('cpack makes a Debian package whose program runs', { skip: noPackages }, () => {
  const [packages, unpacked] = [join(folder, 'packages'), join(folder, 'unpacked')];
  execFileSync('cpack', ['-G', 'DEB', '-B', packages], { cwd: join(root, 'build/native') });
  const [name, ...more] = readdirSync(packages).filter((each) => each.endsWith('.deb'));
  assert.deepEqual(more, []);
  assert.match(name, new RegExp(`^synthgen_${version.replaceAll('.', '\\.')}_\\w+\\.deb$`));
  const file = join(packages, name);
  const field = (key) => run('dpkg-deb', '--field', file, key).trim();
  assert.deepEqual([field('Package'), field('Version')], ['synthgen', version]);
  for (const library of ['libc6', 'libdeflate0', 'libzstd1', 'zlib1g']) {
    assert.ok(field('Depends').includes(library), library);
  }
  run('dpkg-deb', '--extract', file, unpacked);
  const data = join(folder, 'packaged');
  const counts = ['--num-train', '3', '--num-val', '0', '--quiet'];
  run(join(unpacked, 'usr/bin/synthgen'), 'generate', '--output-dir', data, ...counts);
  assert.ok(run(join(unpacked, 'usr/bin/synthgen'), 'validate', data).includes('3 sequences'));
  assert.ok(readdirSync(join(unpacked, 'usr/share/man/man1')).includes('synthgen-generate.1'));
  assert.ok(readdirSync(join(unpacked, 'usr/share/doc/synthgen')).includes('copyright'));
  // What apt would do, without doing it.
  if (process.getuid() === 0) run('dpkg', '--dry-run', '--install', file);
});

test('nothing installed names the folders that it was built in', () => {
  for (const entry of readdirSync(prefix, { recursive: true, withFileTypes: true })) {
    if (!/\.(cmake|hpp)$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.path, entry.name), 'utf8');
    assert.ok(!text.includes(root), entry.name);
  }
});

test("the guide's program finds the installed library and prints what is shown", () => {
  const [{ code, output }, ...more] = examples('cpp');
  assert.deepEqual(more, []);
  const [source, build] = [join(folder, 'consumer'), join(folder, 'consumer/build')];
  cpSync(join(root, 'tests/install/consumer'), source, { recursive: true });
  writeFileSync(join(source, 'consumer.cpp'), code);
  run('cmake', '-S', source, '-B', build, `-DCMAKE_PREFIX_PATH=${prefix}`);
  run('cmake', '--build', build);
  assert.equal(run(join(build, 'consumer')), output);
});

test('the program that the share menu offers builds against it and writes the same dataset', async () => {
  const { 'C++': code } = await textsOf(hostileConfig);
  const [source, build] = [join(folder, 'shared'), join(folder, 'shared/build')];
  cpSync(join(root, 'tests/install/consumer'), source, { recursive: true });
  writeFileSync(join(source, 'consumer.cpp'), code);
  writeFileSync(join(source, 'config.json'), JSON.stringify(hostileConfig));
  run('cmake', '-S', source, '-B', build, `-DCMAKE_PREFIX_PATH=${prefix}`);
  run('cmake', '--build', build);
  execFileSync(join(build, 'consumer'), { cwd: source });
  const made = join(source, 'made');
  const program = join(prefix, 'bin/synthgen');
  run(
    program,
    'generate',
    '--config',
    join(source, 'config.json'),
    '--output-dir',
    made,
    '--quiet',
  );
  for (const name of readdirSync(made)) {
    const written = readFileSync(join(source, 'data/custom', name));
    assert.ok(written.equals(readFileSync(join(made, name))), name);
  }
});

test('the example of a custom generator builds against it and writes a dataset', () => {
  const [build, data] = [join(folder, 'example'), join(folder, 'data')];
  const source = join(root, 'cpp/examples/custom_generator');
  run('cmake', '-S', source, '-B', build, `-DCMAKE_PREFIX_PATH=${prefix}`);
  run('cmake', '--build', build);
  const said = run(join(build, 'custom_generator'), data);
  const [, expected] = said.match(/^special_share expected: (0\.\d+)\n1200 sequences\n$/);
  const { config, custom, files } = JSON.parse(readFileSync(join(data, 'metadata.json'), 'utf8'));
  assert.deepEqual([config.generator, custom.name], ['custom', 'CustomDataGenerator']);
  assert.deepEqual(
    files.map(({ sequences, tokens }) => tokens / sequences),
    [256, 256, 512],
  );
  const special = readFileSync(join(data, 'train.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).input_ids)
    .map((ids) => ids.filter((id, i) => id === i % 100).length / ids.length);
  const mean = special.reduce((sum, share) => sum + share) / special.length;
  const variance = special.reduce((sum, share) => sum + (share - mean) ** 2, 0) / 999;
  assert.ok(Math.abs(mean - expected) < 4.5 * Math.sqrt(variance / 1000), `${mean} ${expected}`);
});

test('the example reports what is wrong with its config', () => {
  const config = join(folder, 'bad.json');
  writeFileSync(config, '{"vocab_size": 1, "custom_params": {"custom_param": "most"}}');
  const program = join(folder, 'example/custom_generator');
  const { status, stderr } = spawnSync(program, [join(folder, 'bad'), config], {
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stderr, /vocab_size: got 1/);
});
