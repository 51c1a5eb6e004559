import type { Config, Parameter } from 'synthgen';

import { isPinnable } from '../model/custom_family';
import { parseIntegers, parseJson, parseNumber } from '../model/value_text';
import {
  changesShown,
  colorings,
  lastIndex,
  looks,
  openingState,
  openingView,
  splits,
  type State,
  type View,
} from './state';

/** The most bytes of code that fit a link; longer code does not run, so that every view has a link. */
export const longestCodeBytes = 20_000;

/** How many bytes the code has in a link before it is encoded, and in a file. */
export function codeBytes(code: string): number {
  return new TextEncoder().encode(code).length;
}

/** Code as base64url, which mail and chat programs leave intact. */
export function encodeCode(code: string): string {
  const bytes = new TextEncoder().encode(code);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The code in a link; undefined if it cannot be decoded. */
export function decodeCode(text: string): string | undefined {
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    if (bytes.length > longestCodeBytes) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Longer links are ignored; the page does not make any. */
export const longestHash = 32768;

const unreadableCode = `code: could not be read; allowed: base64url of at most ${longestCodeBytes} bytes of UTF-8`;

/** Prefix of the pinned config's keys. */
const pinPrefix = 'pin.';

const unpinnable = 'pin.generator: required; allowed: any family but custom';

export interface DecodedHash {
  state: State;
  /** The parts of the link that could not be used, in words. */
  notices: string[];
}

function encodeValue(type: string | undefined, value: unknown): string {
  if (typeof value === 'string') return value;
  if ((type === 'words' || type === 'integers') && Array.isArray(value)) return value.join(',');
  return JSON.stringify(value);
}

/** Text that does not fit the type stays text, which the core refuses with its own message. */
function decodeValue(type: string | undefined, text: string): unknown {
  switch (type) {
    case 'word':
    case undefined:
      return text;
    case 'words':
      return text === '' ? [] : text.split(',');
    case 'integer':
    case 'number':
      return parseNumber(text);
    case 'integers':
      return parseIntegers(text);
    default:
      return parseJson(text);
  }
}

/**
 * The part of a link after `#`: the config's keys as they are, those of the pinned config under
 * `pin.`, the code, the view under `view.`.
 */
export function encodeHash(state: State, parameters: readonly Parameter[]): string {
  const types = new Map(parameters.map((p) => [p.key, p.type]));
  const pairs = new URLSearchParams();
  const append = (config: Config, prefix: string) => {
    for (const [key, value] of Object.entries(config))
      pairs.append(prefix + key, encodeValue(types.get(key), value));
  };
  append(state.config, '');
  append(state.pinned ?? {}, pinPrefix);
  if (state.code !== undefined) pairs.append('code', encodeCode(state.code));
  for (const key of Object.keys(openingView) as (keyof View)[]) {
    if (state.view[key] !== openingView[key]) pairs.append(`view.${key}`, String(state.view[key]));
  }
  return pairs.toString();
}

function oneOf<T extends string>(allowed: readonly T[], text: string): T | undefined {
  return allowed.find((word) => word === text);
}

function decodeView(key: string, text: string): Partial<View> | string {
  const refuse = (allowed: string) =>
    `view.${key}: got ${JSON.stringify(text.slice(0, 80))}; allowed: ${allowed}`;
  switch (key) {
    case 'split': {
      const split = oneOf(splits, text);
      return split === undefined ? refuse(`one of ${splits.join(', ')}`) : { split };
    }
    case 'coloring': {
      const coloring = oneOf(colorings, text);
      return coloring === undefined ? refuse(`one of ${colorings.join(', ')}`) : { coloring };
    }
    case 'look': {
      const look = oneOf(looks, text);
      return look === undefined ? refuse(`one of ${looks.join(', ')}`) : { look };
    }
    case 'changes': {
      const changes = oneOf(changesShown, text);
      return changes === undefined ? refuse(`one of ${changesShown.join(', ')}`) : { changes };
    }
    case 'zoom': {
      const zoom = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
      return zoom >= 1 ? { zoom } : refuse('a number from 1 to 99999');
    }
    case 'corner':
      return /^\d{1,3}(\.\d)?,\d{1,8}(\.\d)?$/.test(text) ? { corner: text } : refuse('row,column');
    case 'from': {
      const from = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
      return from <= lastIndex ? { from } : refuse(`an integer from 0 to ${lastIndex}`);
    }
    default:
      return `view.${key.slice(0, 80)}: is not a known key`;
  }
}

/**
 * The state of a link. Decoding never fails: `notices` names what the page cannot use, and what the
 * core will not accept stays in the config, where the core reports it.
 */
export function decodeHash(hash: string, parameters: readonly Parameter[]): DecodedHash {
  const text = hash.replace(/^#/, '');
  if (text === '') return { state: openingState, notices: [] };
  if (text.length > longestHash) {
    const notice = `The link is ${text.length} characters long; links of this page have at most ${longestHash}. It was not read.`;
    return { state: openingState, notices: [notice] };
  }
  const types = new Map(parameters.map((p) => [p.key, p.type]));
  const config = new Map<string, unknown>();
  const pinned = new Map<string, unknown>();
  let view = openingView;
  let code: string | undefined;
  const notices: string[] = [];
  for (const [key, value] of new URLSearchParams(text)) {
    if (key.startsWith('view.')) {
      const decoded = decodeView(key.slice('view.'.length), value);
      if (typeof decoded === 'string') notices.push(decoded);
      else view = { ...view, ...decoded };
    } else if (key.startsWith(pinPrefix)) {
      const own = key.slice(pinPrefix.length);
      pinned.set(own, decodeValue(types.get(own), value));
    } else if (key === 'code') {
      code = decodeCode(value);
      if (code === undefined) notices.push(unreadableCode);
    } else {
      config.set(key, decodeValue(types.get(key), value));
    }
  }
  if (!config.has('generator')) config.set('generator', openingState.config['generator']);
  if (pinned.size > 0 && !isPinnable(Object.fromEntries(pinned))) {
    pinned.clear();
    notices.push(unpinnable);
  }
  return {
    state: {
      config: Object.fromEntries(config),
      ...(code === undefined ? {} : { code }),
      ...(pinned.size === 0 ? {} : { pinned: Object.fromEntries(pinned) }),
      view,
    },
    notices,
  };
}
