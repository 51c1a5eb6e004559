import type { Parameter } from 'synthgen';

import { isCustom } from '../model/custom_family';
import type { Inspection } from '../model/inspection';
import type { ShareSource } from '../panels/share/share';
import { encodeHash } from '../state/hash';
import { activeConfig, valueOf, type State } from '../state/state';
import type { CoreError } from '../worker/client';

/** What the page shows. */
export interface Shown {
  state: State;
  parameters: readonly Parameter[];
  inspection: Inspection | undefined;
  /** Why the settings have no data, if they have none. */
  failure: CoreError | undefined;
  /** The visitor's code, of the family custom. */
  code: string | undefined;
}

/** What there is to share of it. */
export function shareSource({ state, parameters, inspection, failure, code }: Shown): ShareSource {
  const { split, coloring } = state.view;
  const size = parameters.find(({ key }) => key === `num_${split}`);
  return {
    given: activeConfig(state, parameters),
    parameters,
    code: isCustom(state) ? code : undefined,
    link: new URL(`#${encodeHash(state, parameters)}`, location.href).href,
    split,
    sequences: size ? Number(valueOf(state, size)) : 0,
    refusal: failure?.kind === 'too_long' ? undefined : failure?.message,
    inspection,
    coloring,
  };
}
