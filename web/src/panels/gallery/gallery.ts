import '../../theme/gallery.css';

import pictures, { type PresetPicture } from 'virtual:preset_pictures';

import { svg, toElement, type SvgNode } from '../../charts/frame';
import { dialogOf } from '../../dom/dialog';
import { element, fill } from '../../dom/element';
import { presetGroups } from '../../state/preset_groups';
import type { Preset } from '../../state/presets';

const cell = { width: 3, height: 8 };

/** Sequences as rows of cells: a rectangle for each run of tokens that look the same. */
export function pictureNode({ looks, rows }: PresetPicture): SvgNode {
  const width = Math.max(1, ...rows.map((row) => row.length)) * cell.width;
  const rectangles = rows.flatMap((row, y) =>
    [...row.matchAll(/(.)\1*/gs)].map(({ 0: run, index }) => {
      const [kind, colour] = looks[run.charCodeAt(0) - 48] ?? [''];
      return svg('rect', {
        class: kind,
        x: index * cell.width,
        y: y * cell.height,
        width: run.length * cell.width,
        height: cell.height - 1,
        ...(colour === undefined ? {} : { fill: colour }),
      });
    }),
  );
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${rows.length * cell.height}`, preserveAspectRatio: 'none' },
    ...rectangles,
  );
}

/** The groups of presets, those of papers by their family. */
export function topicsOf(presets: readonly Preset[]): Map<string, Preset[]> {
  const group = (preset: Preset) =>
    presetGroups.find((known) => known.presets.includes(preset))?.name ??
    `Papers: ${String(preset.config['generator'])}`;
  return Map.groupBy(presets, group);
}

/** All presets by topic, each with a picture of its first tokens. */
export class Gallery {
  readonly element: HTMLDialogElement;
  readonly #use: (preset: Preset) => void;
  readonly #topics = element('div', { class: 'gallery-topics' });

  constructor(use: (preset: Preset) => void) {
    this.#use = use;
    this.element = dialogOf(
      'Presets',
      'gallery',
      element(
        'p',
        { class: 'gallery-about' },
        'The first 64 tokens of eight sequences: each row is a sequence, and a colour says why a token is there.',
      ),
      this.#topics,
    );
  }

  open(presets: readonly Preset[]): void {
    fill(
      this.#topics,
      ...[...topicsOf(presets)].flatMap(([topic, members]) => [
        element('h3', {}, topic),
        element('ul', {}, ...members.map((preset) => element('li', {}, this.#card(preset)))),
      ]),
    );
    this.element.showModal();
  }

  #card(preset: Preset): HTMLButtonElement {
    const { name, paper } = preset;
    const picture = pictures[name];
    return element(
      'button',
      {
        type: 'button',
        class: 'gallery-card',
        on: {
          click: () => {
            this.element.close();
            this.#use(preset);
          },
        },
      },
      element(
        'span',
        { class: 'gallery-picture', 'aria-hidden': 'true' },
        picture ? toElement(pictureNode(picture)) : '{ }',
      ),
      element('span', { class: 'gallery-name' }, name),
      paper && element('small', {}, paper.summary),
    );
  }
}
