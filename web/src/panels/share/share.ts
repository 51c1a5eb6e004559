import '../../theme/share.css';

import { copyButton, Segmented } from '../../dom/controls';
import { dialogOf } from '../../dom/dialog';
import { element, fill, setText } from '../../dom/element';
import { save } from '../../dom/files';
import type { Inspection } from '../../model/inspection';
import { sharedTexts, type Shared, type SharedText } from '../../state/shared_texts';
import type { Coloring } from '../../state/state';
import { pngOf } from '../charts/chart_files';
import { pictureOf, type Picture } from './picture';

export interface ShareSource extends Shared {
  /** What is in view, and how it is coloured; undefined if there is nothing. */
  inspection: Inspection | undefined;
  coloring: Coloring;
}

const pictureName = 'picture';
const fileName = 'synthgen';
/** Pixels of the PNG for each of the drawing's, so that a cell of one pixel stays sharp. */
const density = 2;

/** What a text is of while a file is in view. */
const ofSettings = ' This is of the settings: the file in view stays on this machine.';

/** Ways to show, make or train on what the page shows, each as a text to copy, and as a picture. */
export class ShareDialog {
  readonly element: HTMLDialogElement;
  readonly #kinds = element('div', {});
  readonly #about = element('p', { id: 'share-about' });
  readonly #body = element('div', { class: 'share-body' });
  #source: ShareSource | undefined;
  #texts: SharedText[] = [];
  #chosen = 'link';

  constructor() {
    this.element = dialogOf('Share', 'share-dialog', this.#kinds, this.#about, this.#body);
  }

  open(source: ShareSource): void {
    this.#source = source;
    this.#texts = sharedTexts(source);
    const names = [...this.#texts.map(({ name }) => name), pictureName];
    const kinds = new Segmented('Share as', names, (name) => this.#choose(name), 'share-kinds');
    fill(this.#kinds, kinds.element);
    kinds.show(this.#chosen);
    this.#choose(this.#chosen);
    if (!this.element.open) this.element.showModal();
  }

  #choose(name: string): void {
    this.#chosen = name;
    if (name === pictureName) return this.#showPicture();
    const shared = this.#texts.find((text) => text.name === name);
    const isOfFile = this.#source?.inspection?.preview.file !== undefined;
    setText(this.#about, `${shared?.about ?? ''}${isOfFile ? ofSettings : ''}`);
    const { text } = shared ?? {};
    if (text === undefined) return fill(this.#body);
    fill(
      this.#body,
      element('pre', { class: 'command share-text', tabindex: 0, 'aria-label': name }, text),
      element(
        'div',
        { class: 'button-row' },
        copyButton(name, () => text),
      ),
    );
  }

  #showPicture(): void {
    const { inspection, coloring, given } = this.#source ?? {};
    if (!inspection || !coloring || inspection.report.num_sequences === 0) {
      setText(this.#about, 'There are no sequences in view.');
      return fill(this.#body);
    }
    setText(this.#about, 'The sequences in view with their legend, in the page’s colours.');
    const picture = pictureOf(inspection, coloring, given ?? {});
    const svg = new Blob([picture.text], { type: 'image/svg+xml' });
    const image = element('img', {
      class: 'share-picture',
      alt: 'The sequences in view with their legend',
      src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.text)}`,
    });
    fill(
      this.#body,
      image,
      element(
        'div',
        { class: 'button-row' },
        this.#button('Save PNG', async () =>
          save(`${fileName}.png`, await pngOf(picture, density)),
        ),
        this.#button('Save SVG', async () => save(`${fileName}.svg`, svg)),
        this.#button('Copy PNG', () => copyPicture(picture)),
        copyButton('SVG', () => picture.text),
      ),
    );
  }

  #button(label: string, act: () => Promise<void>): HTMLButtonElement {
    const click = () =>
      void act().catch(() => setText(this.#about, 'The browser did not allow it.'));
    return element('button', { type: 'button', on: { click } }, label);
  }
}

/** The clipboard gets a promise: browsers want the call at once, and wait for the picture. */
async function copyPicture(picture: Picture): Promise<void> {
  const item = new ClipboardItem({ 'image/png': pngOf(picture, density) });
  await navigator.clipboard.write([item]);
}
