import { downloadZip } from 'client-zip';

import type { Stage, StageFile } from '../../model/curriculum';
import { unknownTime } from '../../worker/zip_pieces';

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
