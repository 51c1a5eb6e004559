import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

import { packDirectory } from './archives.js';

/** Runs a command of the release, in the repository's root unless told otherwise. */
function run({ root, epoch }, command, parameters, options = {}) {
  return execFileSync(command, parameters, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 31,
    ...options,
    env: { ...process.env, SOURCE_DATE_EPOCH: `${epoch}`, ...options.env },
  });
}

/** Calls `use` with a directory that exists for as long as it runs. */
function withDirectory(use) {
  const directory = mkdtempSync(join(tmpdir(), 'synthgen-release-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The only file of a directory with this ending. */
function onlyFile(directory, ending) {
  const [name, ...more] = readdirSync(directory).filter((each) => each.endsWith(ending));
  if (name === undefined || more.length > 0) throw new Error(`${directory}: not one ${ending}`);
  return join(directory, name);
}

const keep = (release, file) => copyFileSync(file, join(release.output, basename(file)));

/** The sources that git knows: the commit that is checked out. */
function source(release) {
  const { root, output, version } = release;
  const prefix = `synthgen-${version}`;
  const tar = run(release, 'git', ['archive', `--prefix=${prefix}/`, '--format=tar', 'HEAD'], {
    cwd: root,
  });
  writeFileSync(join(output, `${prefix}-source.tar.gz`), gzipSync(tar, { level: 9 }));
}

/** The site, which works under any path of any host. */
function site({ root, output, version, epoch }) {
  const prefix = `synthgen-${version}-site`;
  packDirectory(join(root, 'build/site'), join(output, `${prefix}.tar.gz`), { epoch, prefix });
}

/** The npm package. */
function npmPackage(release) {
  run(release, 'npm', [
    'pack',
    '--silent',
    '--ignore-scripts',
    '--pack-destination',
    release.output,
  ]);
}

/** A Debian package of the program and the library. */
function debianPackage(release) {
  withDirectory((directory) => {
    run(release, 'cpack', ['-G', 'DEB', '-B', directory], {
      cwd: join(release.root, 'build/native'),
    });
    keep(release, onlyFile(directory, '.deb'));
  });
}

/** The Python package as sources, and built for this machine's Python; its core is the native build's. */
function pythonPackages(release) {
  const { root, output, epoch } = release;
  const python = '/usr/bin/python3';
  const core = { env: { SYNTHGEN_BUILD_DIR: join(root, 'build/native') } };
  const setup = (words) => run(release, python, ['setup.py', '--quiet', ...words], core);
  try {
    withDirectory((directory) => {
      setup(['sdist', '--formats=tar', '--dist-dir', directory]);
      const tar = onlyFile(directory, '.tar');
      const name = basename(tar, '.tar');
      const unpacked = join(directory, 'unpacked');
      mkdirSync(unpacked);
      run(release, 'tar', ['--extract', '--file', tar, '--directory', unpacked]);
      packDirectory(join(unpacked, name), join(output, `${name}.tar.gz`), { epoch, prefix: name });
    });
    withDirectory((directory) => {
      const build = ['build', '--build-base', join(directory, 'build')];
      setup([
        ...build,
        'bdist_wheel',
        '--bdist-dir',
        join(directory, 'wheel'),
        '--dist-dir',
        directory,
      ]);
      keep(release, onlyFile(directory, '.whl'));
    });
  } finally {
    // The native build is left as it was: later builds do not need Python.
    run(release, 'cmake', [
      '-S',
      '.',
      '-B',
      'build/native',
      '-DSYNTHGEN_PYTHON=OFF',
      '-U',
      '*Python*',
    ]);
  }
}

/** The datasets for PyTorch as one file, which works without the package. */
function torchFile(release) {
  const text = run(release, '/usr/bin/python3', ['-B', 'tools/python/synthgen/torch']);
  writeFileSync(join(release.output, 'synthgen_torch.py'), text);
}

/** What a release consists of; `make(release)` writes to its `output` what was built in its `root`. */
export const artifacts = [
  { name: 'source', make: source },
  { name: 'site', make: site },
  { name: 'npm', make: npmPackage },
  { name: 'python', make: pythonPackages },
  { name: 'torch', make: torchFile },
  { name: 'deb', make: debianPackage },
];
