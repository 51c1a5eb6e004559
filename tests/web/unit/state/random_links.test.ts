// Properties of links, for hundreds of random states and for what random edits make of their links.

import { expect, test } from 'vitest';

import { decodeHash, encodeHash, longestHash } from '../../../../web/src/state/hash';
import {
  activeConfig,
  changesShown,
  colorings,
  lastIndex,
  looks,
  openingView,
  splits,
  type State,
} from '../../../../web/src/state/state';
import { table } from '../parameters';

/** Draws that are the same in each run. */
class Draws {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * bound);
  }
  from<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
  list<T>(longest: number, make: () => T): T[] {
    return Array.from({ length: this.below(longest + 1) }, make);
  }
  text(letters: readonly string[], longest: number): string {
    return this.list(longest, () => this.from(letters)).join('');
  }
}

const letters = [...'abcXYZ019 ,.-+%&=#?/\\"\'{}[]:;<>\n\t\u00e4\u20ac', '\u{1F600}', '\0'];

const numbers = [0, 1, -1, 0.5, 1e-7, 1e21, 123456789, 2 ** 31, Number.MAX_SAFE_INTEGER, -0.125];

function randomValue(draws: Draws, type: string): unknown {
  switch (type) {
    case 'integer':
      return draws.from([draws.below(2 ** 31), 1 - draws.below(1000), Number.MAX_SAFE_INTEGER]);
    case 'number':
      return draws.from(numbers);
    case 'words':
      return draws.list(4, () =>
        draws.from(['repetition', 'alternation', 'reversal', 'x y', 'ä&=']),
      );
    case 'integers':
      return draws.list(5, () => draws.below(5000));
    case 'json':
      return draws.from<unknown>([
        null,
        [[1, 'RANDOM', { repeat: 2, of: ['PATTERN'] }]],
        draws.list(4, () =>
          draws.list(4, () => draws.from<unknown>([1, 'a&b', { ref: 'ü' }, null])),
        ),
        { nested: { deep: [true, false, 0.25] } },
      ]);
    default:
      return draws.from(['uniform', 'zipf', draws.text(letters, 12)]);
  }
}

function randomConfig(draws: Draws, families: readonly string[]): State['config'] {
  const drawn = table.filter(({ key }) => key !== 'generator' && draws.below(2) === 0);
  return {
    generator: draws.from(families),
    ...Object.fromEntries(drawn.map(({ key, type }) => [key, randomValue(draws, type)])),
  };
}

function randomState(draws: Draws): State {
  const view = {
    split: draws.from(splits),
    from: draws.from([0, 1, draws.below(10 ** 9), lastIndex]),
    coloring: draws.from(colorings),
    look: draws.from(looks),
    changes: draws.from(changesShown),
    zoom: draws.from([1, 1.5, 99999]),
    corner: draws.from(['0,0', '12.5,30', '199.9,1048575.5']),
  };
  return {
    config: randomConfig(draws, ['random', 'pattern', 'custom', 'no such']),
    ...(draws.below(3) === 0 ? { code: draws.text(letters, 200) } : {}),
    ...(draws.below(3) === 0 ? { pinned: randomConfig(draws, ['random', 'pattern']) } : {}),
    view: draws.below(2) === 0 ? view : openingView,
  };
}

/** A link after some random edits: letters changed, left out or put in, parts moved or repeated. */
function edited(draws: Draws, link: string): string {
  let text = link;
  for (let edits = 1 + draws.below(6); edits > 0; edits -= 1) {
    const at = draws.below(text.length + 1);
    const size = draws.below(12);
    const part = text.slice(at, at + size);
    const rest = text.slice(at + size);
    const parts = text.split('&');
    text = draws.from([
      () => text.slice(0, at) + rest,
      () => text.slice(0, at) + draws.text(letters, 6) + text.slice(at),
      () => text.slice(0, at) + part + part + rest,
      () =>
        text.slice(0, at) +
        draws.from(['%', '%E0', '%00', '%u', '&&', '==', '\uD800', '__proto__']) +
        rest,
      () => parts.toSorted(() => draws.below(3) - 1).join('&'),
      () => [...parts, draws.from(parts)].join('&'),
      () => text.slice(0, at),
    ])();
  }
  return text;
}

test('every state comes back from its link', () => {
  const draws = new Draws(1);
  for (let i = 0; i < 800; i += 1) {
    const state = randomState(draws);
    const link = encodeHash(state, table);
    expect(link.length).toBeLessThan(longestHash);
    expect(decodeHash(`#${link}`, table), link).toEqual({ state, notices: [] });
  }
});

test('an edited link is a state that has a link, and that link is the state', () => {
  const draws = new Draws(2);
  for (let i = 0; i < 2500; i += 1) {
    // Without content it is the opening state, whose keys are not all in this table.
    const link = edited(draws, encodeHash(randomState(draws), table)) || 'seed=1';
    const { state, notices } = decodeHash(`#${link}`, table);
    expect(typeof state.config['generator']).toBe('string');
    expect(Object.getPrototypeOf(state.config)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(activeConfig(state, table))).toBe(Object.prototype);
    expect(Number.isSafeInteger(state.view.from) && state.view.from >= 0).toBe(true);
    for (const notice of notices) expect(notice.length).toBeLessThan(1000);
    const again = decodeHash(`#${encodeHash(state, table)}`, table);
    // As text: a link does not tell 0 from -0.
    expect(JSON.stringify(again.state), link).toBe(JSON.stringify(state));
    expect(again.notices).toEqual([]);
  }
});
