import { createSynthgen } from 'synthgen';

import { gatherFacts } from './facts';
import { referencePage } from './page';

/** Loads the compiled core in node and makes the page of what it says. */
export async function renderReference(): Promise<string> {
  return referencePage(gatherFacts(await createSynthgen()));
}
