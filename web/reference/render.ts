import { createSynthgen } from 'synthgen';

import { gatherFacts } from './facts';
import { referencePage } from './page';

/** Loads the compiled core in Node.js and renders the page. */
export async function renderReference(): Promise<string> {
  return referencePage(gatherFacts(await createSynthgen()));
}
