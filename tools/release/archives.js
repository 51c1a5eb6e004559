import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const blockBytes = 512;

/** Files below a directory by their paths in an archive, in order. */
export function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

/**
 * Packs a directory's files into a .tar.gz that depends on their paths, contents and permissions alone:
 * they are sorted, belong to root and are of the time `epoch` (seconds since 1970). `prefix` is the
 * directory that they unpack into.
 */
export function packDirectory(directory, archive, { epoch, prefix }) {
  const names = filesBelow(directory).map((name) => `${name}\0`);
  const options = [
    `--directory=${directory}`,
    '--create',
    '--format=ustar',
    '--no-recursion',
    '--null',
    '--files-from=-',
  ];
  const owner = ['--owner=0', '--group=0', '--numeric-owner', `--mtime=@${epoch}`];
  const mode = '--mode=u+rw,go+r,go-w';
  const tar = execFileSync('tar', [...options, ...owner, mode, `--transform=s,^,${prefix}/,`], {
    input: names.join(''),
    maxBuffer: 2 ** 31,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (tar.length % blockBytes !== 0) throw new Error(`${archive}: tar wrote half a block`);
  // node's gzip header has neither a name nor a time.
  writeFileSync(archive, gzipSync(tar, { level: 9 }));
}
