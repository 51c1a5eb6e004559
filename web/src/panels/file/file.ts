import '../../theme/file.css';

import formats from 'virtual:formats';

import { element, fill, setText } from '../../dom/element';
import { iconButton } from '../../dom/icon_button';
import { formatBytes, withUnit } from '../../model/format';
import { withFileAsA, withFileInView, withoutFile } from '../../state/file_sides';
import type { State, Store } from '../../state/state';
import { CoreError, type CoreClient } from '../../worker/client';
import { validationVerdict } from '../numbers/verdicts';
import { LimitFields } from './limit_fields';
import { MeasuredFile } from './measured_file';

/** The panel's state: without a file, reading one, with one, or stopped. */
type Phase = 'empty' | 'reading' | 'done' | 'stopped';

/** What a page can read: formats of one file each, and those that are text compressed as well. */
const extensions = formats
  .filter(({ in_memory }) => in_memory)
  .flatMap((format) => format.extensions);
const compressed = '.gz';

const invitation = `Choose a file, or drop one anywhere on the page: ${extensions.slice(0, -1).join(', ')} or ${extensions.at(-1)}, plain or compressed as ${compressed}. It is read here and never leaves this machine.`;

const inView =
  'The page shows this file. Change a setting, or compare, and it becomes A next to generated data. A link to this page has the settings, never the file.';
const asA = 'The page compares this file, A, with generated data, B.';

/** Opens files of the visitor's, and says what is wrong with the one that is open. */
export class FilePanel {
  readonly element: HTMLElement;
  readonly #store: Store;
  readonly #title = element('h2', { id: 'file-title' });
  readonly #message = element('p', { class: 'file-message', role: 'status' });
  readonly #error = element('p', { class: 'field-error', role: 'alert' });
  readonly #role = element('p', { class: 'card-subtitle' });
  readonly #bar = element('progress', { max: 1, 'aria-label': 'File read' });
  readonly #cancel: HTMLButtonElement;
  readonly #compare: HTMLButtonElement;
  readonly #limits = new LimitFields(() => void this.#measure());
  readonly #verdict = element('div', {});
  readonly #notes = element('ul', { class: 'notes', 'aria-label': 'Notes' });
  readonly #input = element('input', {
    type: 'file',
    id: 'file-input',
    accept: [...extensions, compressed].join(),
    class: 'visually-hidden',
    on: { change: () => this.#choose() },
  });
  #file: File | undefined;
  /** The worker that reads a file. */
  #reading: CoreClient | undefined;
  #measured: MeasuredFile | undefined;
  /** All files that the page's state may refer to. */
  readonly #open = new Set<MeasuredFile>();

  constructor(store: Store) {
    this.#store = store;
    const button = (text: string, click: () => void) =>
      element('button', { type: 'button', on: { click } }, text);
    this.#cancel = button('Cancel', () => this.#reading?.close());
    this.#compare = button('Compare with the settings', () => {
      store.set(withFileAsA(store.state), 'commit');
    });
    const choose = element(
      'label',
      { class: 'button-label primary', for: 'file-input' },
      'Choose a file',
    );
    this.element = element(
      'section',
      { class: 'card file-panel', 'aria-labelledby': 'file-title', hidden: true },
      element(
        'div',
        { class: 'file-head' },
        this.#title,
        this.#message,
        iconButton('Close the file', '×', () => this.#close()),
      ),
      element(
        'div',
        { class: 'file-controls' },
        this.#input,
        choose,
        this.#limits.element,
        this.#compare,
        this.#cancel,
      ),
      this.#error,
      this.#bar,
      this.#verdict,
      this.#notes,
      this.#role,
    );
    store.subscribe((state) => this.#follow(state));
  }

  open(): void {
    if (this.element.hidden) this.#show('empty');
    this.element.hidden = false;
    this.element.scrollIntoView({ block: 'nearest' });
    this.#input.focus();
  }

  /** Opens a file that was dropped on the page. */
  drop(file: File): void {
    this.open();
    this.#take(file);
  }

  #choose(): void {
    const [file] = this.#input.files ?? [];
    if (file) this.#take(file);
    this.#input.value = '';
  }

  #take(file: File): void {
    this.#file = file;
    void this.#measure();
  }

  #show(phase: Phase, message = ''): void {
    setText(this.#title, this.#file?.name ?? 'Data from a file');
    setText(this.#message, phase === 'empty' ? invitation : phase === 'stopped' ? '' : message);
    setText(this.#error, phase === 'stopped' ? message : '');
    this.#bar.hidden = phase !== 'reading';
    this.#cancel.hidden = phase !== 'reading';
    const parts = [this.#verdict, this.#notes, this.#role, this.#compare];
    for (const part of parts) part.hidden = phase !== 'done';
  }

  async #measure(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    this.#reading?.close();
    this.#bar.value = 0;
    this.#show('reading', 'Starting…');
    const started = performance.now();
    let core: CoreClient | undefined;
    try {
      const measured = await MeasuredFile.read(
        file,
        this.#limits.limits,
        (worker) => (core = this.#reading = worker),
        ({ bytes, sequences }) => {
          this.#bar.value = file.size > 0 ? bytes / file.size : 1;
          setText(this.#message, `${withUnit(sequences, 'sequences')}, ${formatBytes(bytes)}`);
        },
      );
      if (this.#reading !== core) return measured.core.close();
      this.#reading = undefined;
      this.#showMeasured(measured, performance.now() - started);
    } catch (error) {
      if (this.#reading !== core) return;
      this.#reading = undefined;
      const wasCancelled = error instanceof CoreError && error.kind === 'cancelled';
      this.#show('stopped', wasCancelled ? 'Cancelled.' : (error as Error).message);
    }
  }

  #showMeasured(measured: MeasuredFile, elapsed_ms: number): void {
    const { report, validation } = measured.measures;
    const { num_sequences, num_tokens } = report;
    const seconds = (elapsed_ms / 1000).toFixed(1);
    const counts = `${withUnit(num_sequences, 'sequences')}, ${withUnit(num_tokens, 'tokens')}`;
    this.#show('done', `${counts}, ${formatBytes(measured.file.size)} read in ${seconds} s.`);
    fill(this.#verdict, validationVerdict(validation, num_sequences));
    const { notes = [] } = validation;
    this.#notes.hidden = notes.length === 0;
    fill(this.#notes, ...notes.map((note) => element('li', {}, note)));
    const last = this.#measured;
    this.#measured = measured;
    this.#open.add(measured);
    this.#store.set(withFileInView(this.#store.state, measured, last), 'commit');
  }

  /** Takes up which files the page still shows; ends the workers of the others. */
  #follow({ file, pinnedFile }: State): void {
    for (const open of this.#open) {
      if (open === file || open === pinnedFile) continue;
      this.#open.delete(open);
      open.core.close();
      if (open === this.#measured) {
        this.#measured = undefined;
        if (this.#reading === undefined) this.#hide();
      }
    }
    const isInView = file !== undefined && file === this.#measured;
    this.#compare.hidden = !isInView;
    setText(this.#role, isInView ? inView : asA);
  }

  #hide(): void {
    this.#file = undefined;
    this.element.hidden = true;
  }

  /** Cancels what is under way, and takes the file from the page. */
  #close(): void {
    this.#reading?.close();
    this.#reading = undefined;
    const measured = this.#measured;
    this.#hide();
    if (measured) this.#store.set(withoutFile(this.#store.state, measured), 'commit');
  }
}
