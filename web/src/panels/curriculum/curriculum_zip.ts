import { downloadZip } from 'client-zip';

import type { Stage } from '../../model/curriculum';
import type { StageFile } from '../../worker/messages';

/** The same for every ZIP, so that equal stages make equal bytes: the earliest that a ZIP can hold. */
const unknownTime = new Date(1980, 0, 1);

/** The file that `synthgen curriculum --stages` takes for the same stages. */
export function stagesJson(stages: readonly Stage[]): string {
  const byName = Object.fromEntries(stages.map(({ name, ...stage }) => [name, stage]));
  return `${JSON.stringify(byName, null, 2)}\n`;
}

/** A curriculum as one file: a directory for each stage, and what the stages are. */
export async function zipOf(
  files: readonly StageFile[],
  stages: readonly Stage[],
): Promise<{ name: string; blob: Blob }> {
  const entries = [
    { name: 'stages.json', input: stagesJson(stages) },
    ...files.map(({ name, blob }) => ({ name, input: blob })),
  ];
  const zip = downloadZip(entries.map((entry) => ({ ...entry, lastModified: unknownTime })));
  return { name: 'curriculum.zip', blob: await zip.blob() };
}
