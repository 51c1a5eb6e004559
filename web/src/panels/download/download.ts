import '../../theme/download.css';

import type { Config, Parameter } from 'synthgen';

import { dialogOf } from '../../dom/dialog';
import { element, fill, setText } from '../../dom/element';
import { save } from '../../dom/files';
import { formatBytes, withUnit } from '../../model/format';
import { timeLeft } from '../../model/time_left';
import {
  estimateFiles,
  largestDownloadBytes,
  largestStreamBytes,
  type FileEstimate,
} from '../../state/dataset_size';
import { type Recipe, commandRecipe, nodeRecipe } from '../../state/recipe';
import { cardFile, manifestFile, type Makers } from '../../worker/dataset_pieces';
import { makeFiles, type Made } from '../../worker/download';
import { parquetFormat } from '../../worker/parquet_pieces';
import { BlobSink, type FileSink, type MadeFile } from '../../worker/sinks';
import { ChoicesForm } from './choices';
import { canWriteToDisk, chooseOnDisk } from './disk';
import { RecipeBlock } from './recipe_block';

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
  /** Starts the workers that make the files. */
  makers: Makers;
}

function fileRow([name, about]: [string, string]): HTMLElement {
  return element('li', {}, element('code', {}, name), element('span', {}, about));
}

function expectedFile({ file, sequences, bytes }: FileEstimate): HTMLElement {
  return fileRow([file, `${withUnit(sequences, 'sequences')}, about ${formatBytes(bytes)}`]);
}

/** Makes the dataset's files, the same as the CLI writes for the config, in workers. */
export class DownloadDialog {
  readonly element: HTMLDialogElement;
  readonly #files = element('ul', { class: 'file-list' });
  readonly #choices = new ChoicesForm(() => this.#show('ready'));
  readonly #bar = element('progress', { max: 1, 'aria-label': 'Files made' });
  readonly #message = element('p', { class: 'download-message', role: 'status' });
  readonly #start: HTMLButtonElement;
  readonly #toDisk: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #recipe = new RecipeBlock();
  #source: DownloadSource | undefined;
  /** The settings as the core understands them; undefined until it has answered. */
  #canonical: Config | undefined;
  #made: MadeFile[] = [];
  #abort: AbortController | undefined;

  constructor() {
    const button = (text: string, click: () => void, className?: string) =>
      element('button', { type: 'button', class: className, on: { click } }, text);
    this.#start = button('Make files', () => void this.#makeInMemory(), 'primary');
    this.#toDisk = button('Write to disk…', () => void this.#makeOnDisk());
    this.#cancel = button('Cancel', () => this.#abort?.abort());
    this.element = dialogOf(
      'Download the dataset',
      'download-dialog',
      this.#choices.element,
      this.#files,
      this.#bar,
      this.#message,
      element('div', { class: 'button-row' }, this.#start, this.#toDisk, this.#cancel),
      this.#recipe.element,
    );
    this.element.addEventListener('close', () => this.#abort?.abort());
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
      this.#choices.offer(canonical, () => this.#show('ready'));
      this.#show('ready');
    } catch (error) {
      if (this.#source !== source) return;
      this.#show('refused');
      setText(this.#message, `There is nothing to download: ${(error as Error).message}`);
    }
  }

  #estimates(): FileEstimate[] {
    if (!this.#canonical) return [];
    const { format, options, narrowed } = this.#choices.choice;
    return estimateFiles(narrowed(this.#canonical), format, options);
  }

  #recipeNow(): Recipe | undefined {
    if (!this.#source || !this.#canonical) return undefined;
    const { given, parameters, code } = this.#source;
    const { options, narrowed } = this.#choices.choice;
    const [config, canonical] = [narrowed(given), narrowed(this.#canonical)];
    if (code !== undefined) return nodeRecipe(config, canonical, code, options.latents === true);
    if (options.format !== parquetFormat.name) {
      return commandRecipe(config, canonical, parameters, options);
    }
    const { format: _, ...others } = options;
    const recipe = commandRecipe(config, canonical, parameters, others);
    const instead =
      'The command below makes the same sequences as JSONL, which converts to Parquet.';
    return { ...recipe, title: 'The same sequences as JSONL on the command line', instead };
  }

  #show(phase: Phase): void {
    const estimates = this.#estimates();
    const bytes = estimates.reduce((sum, file) => sum + file.bytes, 0);
    const recipe = this.#recipeNow();
    const isMaking = phase === 'making';
    const canStream = canWriteToDisk(this.#choices.choice.packaging);
    const isReady = recipe !== undefined && !this.#choices.isEmpty;
    this.#bar.hidden = !isMaking;
    this.#cancel.hidden = !isMaking;
    this.#start.hidden = isMaking || phase === 'done';
    this.#toDisk.hidden = isMaking || phase === 'done' || !canStream;
    this.#start.disabled = !isReady || bytes > largestDownloadBytes;
    this.#toDisk.disabled = !isReady || bytes > largestStreamBytes;
    this.#choices.element.disabled = isMaking || recipe === undefined;
    this.#recipe.element.hidden = recipe === undefined;
    if (phase === 'waiting') setText(this.#message, 'Checking the settings…');
    if (phase === 'ready') {
      this.#made = [];
      setText(this.#message, this.#limits(bytes, canStream, recipe?.instead ?? ''));
    }
    fill(
      this.#files,
      ...(phase === 'done'
        ? this.#made.map((file) => this.#saved(file))
        : recipe
          ? [...estimates.map(expectedFile), ...Object.entries(this.#others).map(fileRow)]
          : []),
    );
    if (recipe) this.#recipe.show(recipe);
  }

  /** Why the page does not make so many bytes, or not in memory, and what does. */
  #limits(bytes: number, canStream: boolean, instead: string): string {
    const about = `About ${formatBytes(bytes)} is more than the`;
    if (this.#choices.isEmpty) return 'Choose at least one split.';
    if (bytes <= largestDownloadBytes) return '';
    const inMemory = `${about} ${formatBytes(largestDownloadBytes)} that a page should hold`;
    if (!canStream) {
      return `${inMemory}, and this browser cannot write straight to disk. ${instead}`;
    }
    if (bytes <= largestStreamBytes) return `${inMemory}. Write it to disk, or: ${instead}`;
    const most = formatBytes(largestStreamBytes);
    return `${inMemory}, and than the ${most} that it should write to disk: a page that is closed cannot resume, the program can. ${instead}`;
  }

  /** The files without sequences, and what is in them. */
  get #others(): Record<string, string> {
    const hasCard = this.#choices.choice.options.dataset_card === true;
    return {
      ...(hasCard ? { [cardFile]: 'the dataset card' } : {}),
      [manifestFile]: 'the config, sizes and checksums',
    };
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

  get #zipName(): string {
    return `synthgen-${String(this.#canonical?.['generator'])}.zip`;
  }

  async #makeInMemory(): Promise<void> {
    const sink = new BlobSink();
    const time = await this.#make(sink);
    if (time === undefined) return;
    this.#made = sink.files;
    this.#show('done');
    setText(this.#message, `Made in ${time}. Your browser may ask before it saves several files.`);
    for (const { name, blob } of this.#made) save(name, blob);
  }

  async #makeOnDisk(): Promise<void> {
    try {
      const files = [...this.#estimates().map(({ file }) => file), ...Object.keys(this.#others)];
      const sink = await chooseOnDisk(this.#choices.choice.packaging, this.#zipName, files);
      const time = sink && (await this.#make(sink));
      if (time === undefined) return;
      this.#show('done');
      setText(this.#message, `Written to disk in ${time}.`);
    } catch (error) {
      setText(this.#message, (error as Error).message);
    }
  }

  /** Makes the files: how long it took, undefined if it failed or was cancelled. */
  async #make(sink: FileSink): Promise<string | undefined> {
    if (!this.#source) return undefined;
    const { given, makers } = this.#source;
    const { options, narrowed, packaging } = this.#choices.choice;
    const total = this.#estimates().reduce((sum, file) => sum + file.sequences, 0);
    const abort = new AbortController();
    this.#abort = abort;
    this.#bar.value = 0;
    this.#show('making');
    setText(this.#message, 'Starting…');
    this.#cancel.focus();
    const started = performance.now();
    const elapsed = () => performance.now() - started;
    const zip = packaging === 'one ZIP' ? this.#zipName : undefined;
    let shown = -Infinity;
    const progress = ({ sequences, bytes }: Made) => {
      // Often enough to read, and the page has time for the files.
      if (elapsed() - shown < 100) return;
      shown = elapsed();
      const share = Math.min(1, sequences / Math.max(1, total));
      this.#bar.value = share;
      const rate = formatBytes((1000 * bytes) / Math.max(1, elapsed()));
      const parts = [withUnit(sequences, 'sequences'), formatBytes(bytes), `${rate}/s`];
      setText(this.#message, [...parts, timeLeft(elapsed(), share)].filter(Boolean).join(', '));
    };
    try {
      const download = { makers, config: narrowed(given), options, zip };
      await makeFiles(download, sink, progress, abort.signal);
      return `${(elapsed() / 1000).toFixed(1)} s`;
    } catch (error) {
      this.#show('failed');
      const words = abort.signal.aborted
        ? 'Cancelled; nothing was saved.'
        : (error as Error).message;
      setText(this.#message, words);
      return undefined;
    } finally {
      this.#abort = undefined;
    }
  }
}
