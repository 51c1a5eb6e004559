// What must hold after a command was stopped or failed, and after it was finished.

import { basename, dirname } from 'node:path';

import {
  areSame,
  described,
  isDataFile,
  isOfShard,
  isPartOf,
  isTemporary,
  only,
  stemOf,
  withoutTemporary,
} from './contents.js';

/** Calls whose failure loses data, if the command then succeeds. */
const losesData = /^(p?write(64|v)?|f(data)?sync|rename(at2?)?|ftruncate|fallocate|mkdir)$/;

const isDataOrSide = (path) => !/(^|\/)(metadata|analysis)\.json$/.test(path);

/** Whether a run was stopped in a folder while it put files in place, its manifest the last. */
const isHalfReplaced = (folder, contents) =>
  Object.entries(contents).some(
    ([path, bytes]) =>
      dirname(path) === folder &&
      path.endsWith('.journal') &&
      /\ncomplete\n$/.test(bytes) &&
      !(path.slice(0, -'.journal'.length) in contents),
  );

/** Faults of how the command ended: [string]. */
export function faultsOfEnd(
  { isPartOfOld, merges = false },
  point,
  ended,
  contents,
  { old, reference },
) {
  if (ended.isHung) return ['it hung'];
  if (point.fault === 'signal=KILL') {
    return ended.signal === 'SIGKILL' || areSame(contents, reference)
      ? []
      : [`ended with status ${ended.status}: ${ended.stderr}`];
  }
  if (ended.signal !== null) return [`ended by ${ended.signal}: ${ended.stderr}`];
  // A temporary file that could not be removed: the next run removes it.
  const isLeft = point.call.startsWith('unlink') && isTemporary(point.path);
  const isWhole = areSame(isLeft ? withoutTemporary(contents) : contents, reference);
  if (ended.status === 0) {
    if (!isWhole) return [`success, but left ${described(contents, { old, reference })}`];
    const mustFail = /=E(NOSPC|IO|DQUOT)$/.test(point.fault) && losesData.test(point.call);
    return mustFail && ended.stderr === '' ? ['success, and not a word of the failed call'] : [];
  }
  if (point.mustSucceed) return [`ended with status ${ended.status}: ${ended.stderr}`];
  // Where every later write fails, so does that of the message.
  const isMute = point.lasting && point.call === 'write';
  if (ended.stderr === '' && !isMute) return [`ended with status ${ended.status} and no message`];
  const hadData = Object.keys(old).length > 0 && !isPartOfOld;
  // A directory is synced after its files were renamed: what is half replaced there is finished by
  // the next run, and until then no reader accepts it.
  const isOfDirectory = /^f(data)?sync$/.test(point.call) && !/\.[^/]*$/.test(point.path);
  if (hadData && !isOfDirectory && /ENOSPC|EDQUOT/.test(point.fault)) {
    const left = withoutTemporary(contents);
    const isOld = areSame(left, old);
    // The merge comes after: the new sequences are there, and the same command ends it.
    const isUnmerged = merges && isPartOf(only(reference, isDataOrSide), left);
    if (!isOld && !isUnmerged && !areSame(left, reference)) {
      return [`the old files did not survive: ${described(contents, { old, reference })}`];
    }
  }
  return [];
}

/** Files with a name of their own that are neither as before nor as the command makes them. */
export function wrongFiles(contents, { old, reference }) {
  return Object.entries(contents)
    .filter(([path, bytes]) => {
      if (isTemporary(path) || (isOfShard(path) && !reference[path])) return false;
      return !reference[path]?.equals(bytes) && !old[path]?.equals(bytes);
    })
    .map(([path]) => `${path} is neither the old file nor the new one`);
}

/**
 * Faults of what reads the directory now, with `accepts(command, path)`, whether the program finds
 * nothing wrong: a reader that does has read old files or new files, and not some of each.
 */
export async function faultsOfReaders(row, contents, states, accepts) {
  const isLasting = (path) => !isOfShard(path) || path in states.reference;
  const left = only(withoutTemporary(contents), isLasting);
  const [old, reference] = [only(states.old, isLasting), only(states.reference, isLasting)];
  if (areSame(left, reference) || areSame(left, old)) return [];
  const faults = [];
  const isWhole = (test) =>
    areSame(only(left, test), only(reference, test)) || areSame(only(left, test), only(old, test));
  for (const path of Object.keys(left).filter(isDataFile)) {
    const stem = stemOf(path);
    const isOfFile = (other) => stemOf(other) === stem;
    if (!isWhole(isOfFile) && (await accepts('validate', path))) {
      faults.push(
        `validate ${path} accepts ${described(only(left, isOfFile), { old, reference })}`,
      );
    }
  }
  if (row.isOneSet && !isPartOf(left, reference) && !isPartOf(left, old)) {
    faults.push(`old and new stand side by side: ${described(left, { old, reference })}`);
  }
  if (row.isPartOfOld) return faults;
  const folders = new Set(Object.keys(left).map(dirname));
  for (const folder of folders) {
    const isInside = (path) => dirname(path) === folder;
    const isInsideAnd = (test) => (path) => isInside(path) && test(path);
    const inside = only(left, isInside);
    const about = `accepts ${described(inside, { old, reference })}`;
    const isMixed = !isPartOf(inside, reference) && !isPartOf(inside, old);
    const isIncomplete = isHalfReplaced(folder, contents) && !isWhole(isInsideAnd(isDataOrSide));
    // Before a merge, verify answers for the shards whose manifests are there.
    const isMerged = Object.keys(inside).some((path) => basename(path) === 'metadata.json');
    if (isMerged && !isWhole(isInside) && (await accepts('verify', folder))) {
      faults.push(`verify ${about}`);
    }
    const mustFail = isMixed || isIncomplete;
    if (mustFail && (await accepts('validate', folder))) faults.push(`validate ${about}`);
  }
  return faults;
}
