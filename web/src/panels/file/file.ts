import '../../theme/dialog.css';
import '../../theme/file.css';

import type { Limits } from 'synthgen';
import formats from 'virtual:formats';

import { element, fill, setText } from '../../dom/element';
import { comparisonsOf } from '../../model/comparisons';
import { formatBytes, withUnit } from '../../model/format';
import type { Reading } from '../../model/reading';
import { parseNumber } from '../../model/value_text';
import { CoreClient, CoreError, fullWorker, measureFile } from '../../worker/client';
import type { FileMeasures, StageFile } from '../../worker/messages';
import { ChartsPanel } from '../charts/charts';
import { NumbersPanel } from '../numbers/numbers';
import { CurriculumPanel } from './curriculum';

/** What charts and numbers show of a file; how it was made is unknown. */
export function fileReading({ report, series, validation, measures }: FileMeasures): Reading {
  return {
    report,
    isComplete: true,
    series,
    truth: [],
    config: undefined,
    shares: [],
    comparisons: comparisonsOf({ report, truth: [], series, measures }),
    expectedLags: undefined,
    validation,
    measures,
  };
}

const fields: { key: 'vocab_size' | 'min_length' | 'max_length'; label: string }[] = [
  { key: 'vocab_size', label: 'Ids below' },
  { key: 'min_length', label: 'Shortest' },
  { key: 'max_length', label: 'Longest' },
];

/** The limits for a file's sequences; an empty field sets no limit. */
export class LimitFields {
  readonly element: HTMLElement;
  readonly #inputs = fields.map(({ key, label }) => ({
    key,
    label,
    input: element('input', {
      id: `limit-${key}`,
      class: 'number-input',
      inputmode: 'numeric',
      autocomplete: 'off',
      placeholder: 'any',
    }),
  }));

  /** `changed` is called when a field was changed. */
  constructor(changed: () => void) {
    this.element = element(
      'div',
      { class: 'file-limits', role: 'group', 'aria-label': 'Check against' },
      ...this.#inputs.map(({ key, label, input }) => {
        input.addEventListener('change', changed);
        return element('label', { for: `limit-${key}` }, label, input);
      }),
    );
  }

  /** The limits; what is no number goes to the core as it is, which names what it allows. */
  get limits(): Limits {
    const given = this.#inputs
      .filter(({ input }) => input.value.trim() !== '')
      .map(({ key, input }) => [key, parseNumber(input.value)]);
    return Object.fromEntries(given) as Limits;
  }
}

/** The dialog's state: without a file, reading one, showing it, or stopped. */
type Phase = 'empty' | 'reading' | 'done' | 'stopped';

/** What a page can read: formats of one file each, and those that are text compressed as well. */
const extensions = formats
  .filter(({ in_memory }) => in_memory)
  .flatMap((format) => format.extensions);
const compressed = '.gz';

const invitation = `Choose a file, or drop one anywhere on the page: ${extensions.slice(0, -1).join(', ')} or ${extensions.at(-1)}, plain or compressed as ${compressed}. It is read here and never leaves this machine.`;

/** A visitor's file, measured and validated like the data that the page generates. */
export class FileDialog {
  readonly element: HTMLDialogElement;
  readonly #title = element('h2', { id: 'file-title' });
  readonly #message = element('p', { class: 'file-message', role: 'status' });
  readonly #error = element('p', { class: 'field-error', role: 'alert' });
  readonly #bar = element('progress', { max: 1, 'aria-label': 'File read' });
  readonly #cancel: HTMLButtonElement;
  readonly #limits = new LimitFields(() => void this.#measure());
  readonly #numbers = new NumbersPanel();
  readonly #charts = new ChartsPanel();
  readonly #curriculum = new CurriculumPanel(() => this.#splitFile());
  readonly #notes = element('ul', { class: 'notes', 'aria-label': 'Notes' });
  readonly #results: HTMLElement;
  readonly #input = element('input', {
    type: 'file',
    id: 'file-input',
    accept: [...extensions, compressed].join(),
    class: 'visually-hidden',
    on: { change: () => this.#choose() },
  });
  #file: File | undefined;
  /** The worker that holds the file open. */
  #core: CoreClient | undefined;

  constructor() {
    this.#cancel = element(
      'button',
      { type: 'button', on: { click: () => this.#core?.close() } },
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
    const choose = element(
      'label',
      { class: 'button-label primary', for: 'file-input' },
      'Choose a file',
    );
    // What is wrong with the file comes before all that was measured.
    this.#results = element(
      'div',
      { class: 'file-results' },
      this.#numbers.verdicts,
      this.#notes,
      this.#charts.element,
      element('div', { class: 'file-side' }, this.#numbers.element, this.#curriculum.element),
    );
    this.element = element(
      'dialog',
      {
        class: 'dialog file-dialog',
        'aria-labelledby': 'file-title',
        on: { close: () => this.#leave() },
      },
      element('div', { class: 'dialog-head' }, this.#title, close),
      element('div', { class: 'file-controls' }, this.#input, choose, this.#limits.element),
      this.#message,
      this.#error,
      this.#bar,
      element('div', { class: 'button-row' }, this.#cancel),
      this.#results,
    );
  }

  open(): void {
    if (this.element.open) return;
    this.#show('empty');
    this.element.showModal();
  }

  /** Opens with a file that was dropped on the page. */
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
    this.#results.hidden = phase !== 'done';
  }

  async #measure(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    this.#core?.close();
    const core = new CoreClient(fullWorker);
    this.#core = core;
    this.#bar.value = 0;
    this.#show('reading', 'Starting…');
    const started = performance.now();
    try {
      const measures = await measureFile(
        core,
        { file, name: file.name, limits: this.#limits.limits },
        ({ bytes, sequences }) => {
          this.#bar.value = file.size > 0 ? bytes / file.size : 1;
          setText(this.#message, `${withUnit(sequences, 'sequences')}, ${formatBytes(bytes)}`);
        },
      );
      if (this.#core === core) this.#showMeasures(file, measures, performance.now() - started);
    } catch (error) {
      if (this.#core !== core) return;
      const wasCancelled = error instanceof CoreError && error.kind === 'cancelled';
      this.#show('stopped', wasCancelled ? 'Cancelled.' : (error as Error).message);
    }
  }

  async #splitFile(): Promise<StageFile[]> {
    return this.#core?.call('stageFiles', null) ?? [];
  }

  /** Cancels what is under way; the dialog starts without a file the next time. */
  #leave(): void {
    this.#core?.close();
    this.#core = undefined;
    this.#file = undefined;
  }

  #showMeasures(file: File, measures: FileMeasures, elapsed_ms: number): void {
    const seconds = (elapsed_ms / 1000).toFixed(1);
    const { num_sequences, num_tokens } = measures.report;
    const counts = `${withUnit(num_sequences, 'sequences')}, ${withUnit(num_tokens, 'tokens')}`;
    const reading = fileReading(measures);
    this.#show('done', `${counts}, ${formatBytes(file.size)} read in ${seconds} s.`);
    this.#charts.element.hidden = num_sequences === 0;
    this.#numbers.element.hidden = num_sequences === 0;
    this.#curriculum.element.hidden = num_sequences === 0;
    this.#curriculum.reset();
    const { notes = [] } = measures.validation;
    this.#notes.hidden = notes.length === 0;
    fill(this.#notes, ...notes.map((note) => element('li', {}, note)));
    this.#numbers.show(reading);
    this.#charts.show(reading);
  }
}
