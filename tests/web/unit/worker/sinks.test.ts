import { expect, test } from 'vitest';

import { DiskFileSink } from '../../../../web/src/worker/sinks';

/** A handle of a file of that size, and what was done with it. */
function chosenFile(size: number, { canRemove = true } = {}) {
  const done: string[] = [];
  const noted = (name: string) => async () => void done.push(name);
  const stream = { write: noted('write'), close: noted('close'), abort: noted('abort') };
  const handle = {
    createWritable: async () => stream,
    getFile: async () => ({ size }),
    ...(canRemove ? { remove: noted('remove') } : {}),
  };
  return { sink: new DiskFileSink(handle as unknown as FileSystemFileHandle), done };
}

const bytes = new Uint8Array(3);

test('a finished file stays', async () => {
  const { sink, done } = chosenFile(0);
  await sink.write('a.zip', bytes);
  await sink.finish();
  expect(done).toEqual(['write', 'close']);
});

test('discarding removes the file that the browser made for the choice', async () => {
  const { sink, done } = chosenFile(0);
  await sink.write('a.zip', bytes);
  await sink.discard();
  expect(done).toEqual(['write', 'abort', 'remove']);
});

test('discarding before the first byte removes it as well', async () => {
  const { sink, done } = chosenFile(0);
  await sink.discard();
  expect(done).toEqual(['remove']);
});

test('discarding leaves a file that has content', async () => {
  const { sink, done } = chosenFile(8);
  await sink.write('a.zip', bytes);
  await sink.discard();
  expect(done).toEqual(['write', 'abort']);
});

test('without a way to remove a file it stays empty', async () => {
  const { sink, done } = chosenFile(0, { canRemove: false });
  await sink.write('a.zip', bytes);
  await sink.discard();
  expect(done).toEqual(['write', 'abort']);
});
