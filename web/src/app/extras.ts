import '../theme/help.css';

import type { Parameter } from 'synthgen';

import { element } from '../dom/element';
import { addScrollHints } from '../dom/scroll_hints';
import { blocksOf } from '../panels/blocks/blocks';
import type { BlocksMaker } from '../panels/form/field';
import { FindParameter } from '../panels/help/find_parameter';
import { roveByKeys } from '../panels/help/roving';
import { Shortcuts } from '../panels/help/shortcuts';
import { skipLinks } from '../panels/help/skip_links';
import { hasSeenTour, Tour } from '../panels/help/tour';
import type { ShareDialog } from '../panels/share/share';
import { presetGroups, type PresetGroup } from '../state/preset_groups';
import type { Preset } from '../state/presets';
import { shareSource, type Shown } from './share_source';

/** What the extras do with the page. */
export interface PageActions {
  /** The parameters that have fields. */
  parameters: () => readonly Parameter[];
  goToField: (key: string) => void;
  presets: () => readonly Preset[];
  offerPresets: (groups: readonly PresetGroup[]) => void;
  usePreset: (preset: Preset) => void;
  offerBlocks: (make: BlocksMaker) => void;
  /** Shows the next or the last page of sequences. */
  turn: (direction: -1 | 1) => void;
  pin: () => void;
  /** What is on it now. */
  shown: () => Shown;
}

/** Ways around the page that its first sight does not need. */
export class Extras {
  /** The skip links, with the dialogs that the shortcuts open. */
  readonly element = element('div', {});
  readonly #page: PageActions;
  readonly #tour = new Tour();
  readonly #find: FindParameter;
  readonly #shortcuts: Shortcuts;
  #share: ShareDialog | undefined;

  constructor(page: PageActions, parameters: readonly Parameter[]) {
    this.#page = page;
    this.#find = new FindParameter(page.goToField);
    this.#shortcuts = new Shortcuts(
      [
        { key: '/', does: 'find a parameter', act: () => this.openSearch() },
        { key: '[', does: 'earlier sequences', act: () => page.turn(-1) },
        { key: ']', does: 'later sequences', act: () => page.turn(1) },
        { key: 'p', does: 'pin the settings as A, to compare with', act: page.pin },
        { key: 's', does: 'share what is in view', act: () => void this.openShare() },
      ],
      () => this.#tour.open(),
    );
    this.element.append(
      skipLinks(),
      this.#find.element,
      this.#shortcuts.element,
      this.#tour.element,
    );
    roveByKeys(document);
    document.querySelectorAll('.scroll-row').forEach(addScrollHints);
    page.offerPresets(presetGroups);
    page.offerBlocks(blocksOf(parameters));
    // Who follows a link came for what it shows.
    if (location.hash === '' && !hasSeenTour()) requestAnimationFrame(() => this.#tour.open());
  }

  openShortcuts(): void {
    this.#shortcuts.open();
  }

  openSearch(): void {
    this.#find.open(this.#page.parameters());
  }

  /** The gallery's pictures are loaded with it. */
  async openGallery(): Promise<void> {
    const { Gallery } = await import('../panels/gallery/gallery');
    const gallery = new Gallery(this.#page.usePreset);
    gallery.element.addEventListener('close', () => gallery.element.remove());
    this.element.append(gallery.element);
    gallery.open(this.#page.presets());
  }

  /** Opens the menu that shares what is in view. */
  async openShare(): Promise<void> {
    const { ShareDialog } = await import('../panels/share/share');
    if (this.#share === undefined) {
      this.#share = new ShareDialog();
      this.element.append(this.#share.element);
    }
    this.#share.open(shareSource(this.#page.shown()));
  }
}
