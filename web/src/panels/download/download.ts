import '../../theme/dialog.css';

import type { Config, Parameter } from 'synthgen';

import { copyButton } from '../../dom/controls';
import { element, fill, setText } from '../../dom/element';
import { save } from '../../dom/files';
import { formatBytes, withUnit } from '../../model/format';
import { estimateFiles, largestDownloadBytes, type FileEstimate } from '../../state/dataset_size';
import { type Recipe, commandRecipe, nodeRecipe } from '../../state/recipe';
import { makeFiles, type MadeFile } from '../../worker/download';
import type { DatasetClient } from '../../worker/messages';

/** How to make the same dataset without this page, to read and to copy. */
export class RecipeBlock {
  readonly element = element('div', { class: 'command-block' });
  #shown = '';

  show(recipe: Recipe): void {
    const key = JSON.stringify(recipe);
    if (key === this.#shown) return;
    this.#shown = key;
    fill(
      this.element,
      element('h3', {}, recipe.title),
      element('code', { class: 'command', tabindex: 0 }, recipe.text),
      element(
        'div',
        { class: 'button-row' },
        ...Object.entries(recipe.copies).map(([what, text]) => copyButton(what, () => text)),
      ),
    );
  }
}

/**
 * The dialog's state: waiting for the core's word on the settings, refused by it, ready to make files,
 * making them, done, or stopped by an error.
 */
type Phase = 'waiting' | 'refused' | 'ready' | 'making' | 'done' | 'failed';

export interface DownloadSource {
  /** What the core gets. */
  given: Config;
  /** The canonical form of `given`; rejects where the settings are not allowed. */
  settings: Promise<Config>;
  parameters: readonly Parameter[];
  /** The visitor's code that makes the sequences; undefined if the core makes them. */
  code: string | undefined;
  /** Starts a worker that makes the files. */
  open: () => DatasetClient;
}

function recipeFor(source: DownloadSource, canonical: Config, latents: boolean): Recipe {
  const { given, parameters, code } = source;
  return code === undefined
    ? commandRecipe(given, canonical, parameters, latents)
    : nodeRecipe(given, canonical, code, latents);
}

/** Makes the dataset's files, the same as the CLI writes for the config, in a worker. */
export class DownloadDialog {
  readonly element: HTMLDialogElement;
  readonly #files = element('ul', { class: 'file-list' });
  readonly #latents = element('input', {
    type: 'checkbox',
    id: 'with-latents',
    on: { change: () => this.#show('ready') },
  });
  readonly #bar = element('progress', { max: 1, 'aria-label': 'Files made' });
  readonly #message = element('p', { class: 'download-message', role: 'status' });
  readonly #start: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #recipe = new RecipeBlock();
  #source: DownloadSource | undefined;
  /** The settings as the core understands them; undefined until it has answered. */
  #canonical: Config | undefined;
  #made: MadeFile[] = [];
  #abort: AbortController | undefined;

  constructor() {
    this.#start = element(
      'button',
      { type: 'button', class: 'primary', on: { click: () => void this.#make() } },
      'Make files',
    );
    this.#cancel = element(
      'button',
      { type: 'button', on: { click: () => this.#abort?.abort() } },
      'Cancel',
    );
    const close = element(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': 'Close',
        on: { click: () => this.element.close() },
      },
      '×',
    );
    this.element = element(
      'dialog',
      {
        class: 'dialog',
        'aria-labelledby': 'download-title',
        on: { close: () => this.#abort?.abort() },
      },
      element(
        'div',
        { class: 'dialog-head' },
        element('h2', { id: 'download-title' }, 'Download the dataset'),
        close,
      ),
      this.#files,
      element(
        'div',
        { class: 'check-row' },
        this.#latents,
        element(
          'label',
          { for: 'with-latents' },
          'with latents: the structure of each sequence, on its line',
        ),
      ),
      this.#bar,
      this.#message,
      element('div', { class: 'button-row' }, this.#start, this.#cancel),
      this.#recipe.element,
    );
  }

  async open(source: DownloadSource): Promise<void> {
    this.#source = source;
    this.#canonical = undefined;
    this.#made = [];
    this.#show('waiting');
    this.element.showModal();
    try {
      const canonical = await source.settings;
      if (this.#source !== source) return;
      this.#canonical = canonical;
      this.#show('ready');
    } catch (error) {
      if (this.#source !== source) return;
      this.#show('refused');
      setText(this.#message, `There is nothing to download: ${(error as Error).message}`);
    }
  }

  #estimates(): FileEstimate[] {
    return this.#canonical ? estimateFiles(this.#canonical) : [];
  }

  #show(phase: Phase): void {
    const estimates = this.#estimates();
    const bytes = estimates.reduce((sum, file) => sum + file.bytes, 0);
    const recipe =
      this.#source &&
      this.#canonical &&
      recipeFor(this.#source, this.#canonical, this.#latents.checked);
    const tooLarge = bytes > largestDownloadBytes;
    this.#bar.hidden = phase !== 'making';
    this.#cancel.hidden = phase !== 'making';
    this.#start.hidden = phase === 'making' || phase === 'done';
    this.#start.disabled = tooLarge || recipe === undefined;
    this.#latents.disabled = phase === 'making' || recipe === undefined;
    this.#recipe.element.hidden = recipe === undefined;
    if (phase === 'waiting') setText(this.#message, 'Checking the settings…');
    if (phase === 'ready') {
      this.#made = [];
      setText(
        this.#message,
        tooLarge
          ? `About ${formatBytes(bytes)} is more than the ${formatBytes(largestDownloadBytes)} that a page should hold. ${recipe?.instead}`
          : '',
      );
    }
    fill(
      this.#files,
      ...(phase === 'done'
        ? this.#made.map((file) => this.#saved(file))
        : recipe
          ? [...estimates.map((file) => this.#expected(file)), this.#expectedManifest()]
          : []),
    );
    if (recipe) this.#recipe.show(recipe);
  }

  #expected({ file, sequences, bytes }: FileEstimate): HTMLElement {
    return element(
      'li',
      {},
      element('code', {}, file),
      element('span', {}, `${withUnit(sequences, 'sequences')}, about ${formatBytes(bytes)}`),
    );
  }

  #expectedManifest(): HTMLElement {
    const about = 'the config, sizes and checksums';
    return element('li', {}, element('code', {}, 'metadata.json'), element('span', {}, about));
  }

  #saved(file: MadeFile): HTMLElement {
    return element(
      'li',
      {},
      element('code', {}, file.name),
      element('span', {}, formatBytes(file.blob.size)),
      element(
        'button',
        {
          type: 'button',
          'aria-label': `Save ${file.name}`,
          on: { click: () => save(file.name, file.blob) },
        },
        'Save',
      ),
    );
  }

  async #make(): Promise<void> {
    if (!this.#source) return;
    const total = this.#estimates().reduce((sum, file) => sum + file.sequences, 0);
    this.#abort = new AbortController();
    this.#bar.value = 0;
    this.#show('making');
    this.#cancel.focus();
    const started = performance.now();
    try {
      this.#made = await makeFiles(
        this.#source.open(),
        this.#source.given,
        this.#latents.checked,
        (sequences, bytes) => {
          this.#bar.value = sequences / Math.max(1, total);
          setText(this.#message, `${withUnit(sequences, 'sequences')}, ${formatBytes(bytes)}`);
        },
        this.#abort.signal,
      );
      this.#show('done');
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      setText(
        this.#message,
        `Made in ${seconds} s. Your browser may ask before it saves several files.`,
      );
      for (const { name, blob } of this.#made) save(name, blob);
    } catch (error) {
      this.#show('failed');
      const wasCancelled = this.#abort.signal.aborted;
      setText(
        this.#message,
        wasCancelled ? 'Cancelled; nothing was saved.' : (error as Error).message,
      );
    }
    this.#abort = undefined;
  }
}
