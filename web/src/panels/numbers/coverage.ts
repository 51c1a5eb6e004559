import '../../theme/coverage.css';

import { Segmented } from '../../dom/controls';
import { element, setText } from '../../dom/element';
import { isCustom } from '../../model/custom_family';
import { measuredNumbers, withExpectations } from '../../model/expected';
import { withUnit, formatCount } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import type { Reading } from '../../model/reading';
import { timeLeft } from '../../model/time_left';
import { wholeReading } from '../../model/whole_split';
import { CoreClient } from '../../worker/client';
import { fullWorker } from '../../worker/core_workers';
import { measureSplit } from '../../worker/split_measuring';

/** `first 200 of 10,000`: which sequences the numbers are of. */
export function sampleWords(from: number, count: number, all: number): string {
  if (count === all) return `all ${withUnit(all, 'sequences')}`;
  const part =
    from === 0
      ? `first ${formatCount(count)}`
      : `${formatCount(from)} to ${formatCount(from + count - 1)}`;
  return `${part} of ${withUnit(all, 'sequences')}`;
}

/** Says which sequences the numbers are of, and measures all of the split in workers of its own. */
export class Coverage {
  readonly element: HTMLElement;
  readonly #changed: () => void;
  readonly #words = element('p', { role: 'status' });
  readonly #bar = element('progress', { max: 1, 'aria-label': 'Sequences measured' });
  readonly #start: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #choice = new Segmented('Numbers of', ['in view', 'all'], (choice) => {
    this.#isChosen = choice === 'all';
    this.#show();
    this.#changed();
  });
  #sample: Inspection | undefined;
  #key = '';
  #whole: Reading | undefined;
  #isChosen = false;
  #abort: AbortController | undefined;
  /** Simulates what is expected of the whole split. */
  #expecting: CoreClient | undefined;
  #look = '';

  /** `changed` is called when the numbers are of other sequences. */
  constructor(changed: () => void) {
    this.#changed = changed;
    const button = (text: string, click: () => void) =>
      element('button', { type: 'button', on: { click } }, text);
    this.#start = button('Measure all', () => void this.#measure());
    this.#cancel = button('Cancel', () => this.#abort?.abort());
    this.element = element(
      'div',
      { class: 'coverage', role: 'group', 'aria-label': 'Sequences measured' },
      this.#words,
      this.#choice.element,
      this.#start,
      this.#bar,
      this.#cancel,
    );
    this.#show();
  }

  /** The reading of the whole split, if it is to be shown. */
  get reading(): Reading | undefined {
    return this.#isChosen ? this.#whole : undefined;
  }

  /** Other data is in view: of another dataset, or another part of the same. */
  follow(sample: Inspection): void {
    this.#sample = sample;
    const { config, split, file } = sample.preview;
    const key = JSON.stringify([config, split, file]);
    if (key !== this.#key) {
      this.#key = key;
      this.#abort?.abort();
      this.#abort = undefined;
      this.#expecting?.close();
      this.#whole = undefined;
      this.#isChosen = false;
    }
    this.#show();
  }

  #show(message?: string): void {
    const preview = this.#sample?.preview;
    if (!preview) return;
    const { from, offsets, splitSize, config } = preview;
    const count = offsets.length - 1;
    const isMeasuring = this.#abort !== undefined;
    const isFile = preview.file !== undefined;
    const canMeasure = count < splitSize && !isFile && !isCustom({ config });
    const all = `all ${withUnit(splitSize, 'sequences')}`;
    const shown = this.reading;
    const bounded = shown?.report.exact === false ? ', counts beyond the memory are estimates' : '';
    const sample = isFile ? all : sampleWords(from, count, splitSize);
    const words = message ?? (shown ? all + bounded : sample);
    const isKnown = this.#whole !== undefined;
    const look = [words, splitSize, canMeasure, isMeasuring, isKnown, this.#isChosen].join();
    // Most previews change nothing here.
    if (look === this.#look) return;
    this.#look = look;
    setText(this.#words, words);
    setText(this.#start, `Measure all ${formatCount(splitSize)}`);
    this.#start.hidden = !canMeasure || isMeasuring || this.#whole !== undefined;
    this.#bar.hidden = !isMeasuring;
    this.#cancel.hidden = !isMeasuring;
    this.#choice.element.hidden = this.#whole === undefined;
    this.#choice.show(this.#isChosen ? 'all' : 'in view');
  }

  async #measure(): Promise<void> {
    const sample = this.#sample;
    if (!sample) return;
    const { config, split, splitSize, limits } = sample.preview;
    const abort = new AbortController();
    this.#abort = abort;
    this.#bar.value = 0;
    this.#show('Starting…');
    this.#cancel.focus();
    const started = performance.now();
    const request = {
      config,
      split,
      sequences: splitSize,
      longest: limits.max_length ?? 1,
    };
    try {
      const measured = await measureSplit(
        request,
        (done) => {
          if (this.#abort !== abort) return;
          const share = done / splitSize;
          this.#bar.value = share;
          const left =
            share < 1 ? timeLeft(performance.now() - started, share) : 'putting together';
          this.#show(`${formatCount(done)} of ${formatCount(splitSize)}, ${left}`);
        },
        abort.signal,
      );
      if (this.#abort !== abort) return;
      this.#abort = undefined;
      this.#whole = wholeReading(sample, measured);
      this.#isChosen = true;
      this.#show();
      this.#changed();
      void this.#expect(sample, this.#whole);
    } catch (error) {
      if (this.#abort !== abort) return;
      this.#abort = undefined;
      this.#show(abort.signal.aborted ? 'Cancelled.' : (error as Error).message);
    }
  }
  /** Fills in what is expected where there is no closed form. */
  async #expect(sample: Inspection, whole: Reading): Promise<void> {
    const { config, split, splitSize } = sample.preview;
    const core = new CoreClient(fullWorker);
    this.#expecting = core;
    const request = { config, split, from: 0, count: splitSize, report: measuredNumbers(whole) };
    // Cancelled, or out of memory: the closed forms stay.
    const expected = await core.call('expected', request).catch(() => undefined);
    core.close();
    if (!expected || this.#whole !== whole) return;
    this.#whole = withExpectations(whole, expected);
    this.#changed();
  }
}
