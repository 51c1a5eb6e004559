/**
 * `npm run release`: all artefacts of this version in build/release, with their checksums: the sources,
 * the site, the npm package, the Python package as sources and as a wheel, its datasets for PyTorch as one file,
 * and the Debian package.
 *
 *   npm run release -- [ARTEFACT...] [--output DIR] [--no-build]
 *
 * Words choose artefacts: source, site, npm, python, torch, deb. The bytes depend on the sources and the tools
 * alone: times are those of SOURCE_DATE_EPOCH, by default that of the commit.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { artifacts } from './artifacts.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    output: { type: 'string', default: 'build/release' },
    build: { type: 'boolean', default: true },
  },
});
const unknown = positionals.filter((word) => artifacts.every(({ name }) => name !== word));
if (unknown.length > 0) {
  const known = artifacts.map(({ name }) => name).join(', ');
  throw new Error(`no artefact is named ${unknown.join(', ')}; known: ${known}`);
}

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const epoch = Number(
  process.env.SOURCE_DATE_EPOCH ??
    execFileSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' }),
);
const output = join(root, values.output);

if (values.build) {
  for (const script of ['build', 'build:report', 'build:cli']) {
    execFileSync('npm', ['run', '--silent', script], { stdio: 'inherit' });
  }
}
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
for (const { name, make } of artifacts) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`release: ${name}`);
  make({ root, output, version, epoch });
}
const sums = readdirSync(output)
  .toSorted()
  .map((name) => {
    const sum = createHash('sha256').update(readFileSync(join(output, name)));
    return `${sum.digest('hex')}  ${name}\n`;
  });
writeFileSync(join(output, 'SHA256SUMS'), sums.join(''));
console.log(sums.join(''));
