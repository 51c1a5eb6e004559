import { readFile } from 'node:fs/promises';

import { until } from '../../support/until.js';

/** Makes the files in the dialog, `prepare`d first: the dialog, and the files' texts by name. */
export async function download(page, count, prepare = async () => {}) {
  const downloads = [];
  page.on('download', (file) => downloads.push(file));
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download the dataset' });
  await prepare(dialog);
  await dialog.getByRole('button', { name: 'Make files' }).click();
  await dialog.getByRole('button', { name: 'Save metadata.json' }).waitFor();
  await until(() => downloads.length >= count, `${count} files were saved`);
  const texts = await Promise.all(
    downloads.map(async (file) => [
      file.suggestedFilename(),
      await readFile(await file.path(), 'utf8'),
    ]),
  );
  return { dialog, files: new Map(texts) };
}

/** A map's entries in the order of their keys. */
export function sorted(map) {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
