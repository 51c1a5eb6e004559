import { createSynthgen } from 'synthgen';
import type { PresetPicture } from 'virtual:preset_pictures';

import { customFamily } from '../src/model/custom_family';
import { kindClass } from '../src/model/kinds';
import { presets } from '../src/state/preset_groups';
import { paperPresets } from '../src/state/presets';
import { colour, firstTokens, type Picture } from './picture';

const size = { sequences: 8, tokens: 64 };
/** Places are this far apart in a picture, so that few looks suffice. */
const placeStep = 16;

function compact({ rows }: Picture): PresetPicture {
  const looks = new Map<string, PresetPicture['looks'][number]>();
  const indexOf = (kind: string, place: number | undefined) => {
    const fill = place === undefined ? [] : [colour(place - (place % placeStep))];
    const look = [kindClass(kind), ...fill] as PresetPicture['looks'][number];
    const key = look.join();
    if (!looks.has(key)) looks.set(key, look);
    return [...looks.keys()].indexOf(key);
  };
  const texts = rows.map((row) =>
    row.map(({ kind, place }) => String.fromCharCode(48 + indexOf(kind, place))).join(''),
  );
  return { looks: [...looks.values()], rows: texts };
}

/** Asks the compiled core for a picture of every preset that it makes itself. */
export async function presetPictures(): Promise<Record<string, PresetPicture>> {
  const core = await createSynthgen();
  const all = [...presets, ...paperPresets(core.presets(), core.parameters())];
  return Object.fromEntries(
    all
      .filter(({ config }) => config['generator'] !== customFamily.name)
      .map(({ name, config }) => [name, compact(firstTokens(core, config, size))]),
  );
}
