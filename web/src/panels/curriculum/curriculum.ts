import '../../theme/curriculum.css';

import { element, fill, setText } from '../../dom/element';
import { save } from '../../dom/files';
import { iconButton } from '../../dom/icon_button';
import { stages as exampleStages, type Stage } from '../../model/curriculum';
import { formatBytes, formatCount, withUnit } from '../../model/format';
import { numberText, parseNumber } from '../../model/value_text';
import { CoreError } from '../../worker/client';
import type { ChartView } from '../charts/chart_view';
import { zipOf } from './curriculum_zip';
import { curriculumData, makerOf, type CurriculumMaker, type InView } from './maker';
import { StageHandles } from './stage_handles';
import { problemsOf, takenBy, type StageKey } from './stage_rules';

const columns: readonly { key: StageKey; label: string }[] = [
  { key: 'name', label: 'stage' },
  { key: 'min_complexity', label: 'from rank' },
  { key: 'max_complexity', label: 'to rank' },
  { key: 'max_length', label: 'cut to' },
];

/** A stage's line in the table. */
interface Row {
  inputs: Map<StageKey, HTMLInputElement>;
  count: HTMLElement;
}

/** The stages of a curriculum, moved on the chart or typed, and their sequences as one file. */
export class CurriculumPanel {
  readonly element: HTMLElement;
  readonly #view: ChartView;
  readonly #inView: () => InView;
  readonly #handles: StageHandles;
  readonly #table = element('table', { class: 'stage-table' });
  readonly #error = element('p', { class: 'field-error', role: 'alert' });
  readonly #message = element('p', { class: 'file-message', role: 'status' });
  readonly #download: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  #stages: Stage[] = [...exampleStages];
  #rows: Row[] = [];
  #making: CurriculumMaker | undefined;

  /** `inView` gives the data that is to be divided. */
  constructor(view: ChartView, inView: () => InView) {
    this.#view = view;
    this.#inView = inView;
    this.#handles = new StageHandles(view, (i, bound, rank) => {
      this.#set(i, bound, rank);
      this.#rows[i]!.inputs.get(bound)!.value = numberText(rank);
    });
    const button = (text: string, click: () => void, className?: string) =>
      element('button', { type: 'button', class: className, on: { click } }, text);
    this.#download = button('Download the curriculum', () => void this.#make(), 'primary');
    this.#cancel = button('Cancel', () => this.#making?.cancel?.());
    this.element = element(
      'section',
      { class: 'curriculum', 'aria-label': 'Curriculum' },
      element(
        'p',
        { class: 'card-subtitle' },
        'A stage takes a range of ranks by complexity, from 0 (the simplest sequence) to 1, and cuts what is longer. Drag its ends on the chart, or type them.',
      ),
      element('div', { class: 'stage-scroll' }, this.#table),
      element(
        'div',
        { class: 'button-row' },
        button('Add a stage', () => this.#add()),
        button('Example stages', () => this.#replace([...exampleStages])),
        this.#download,
        this.#cancel,
        button('Close', () => this.close()),
      ),
      this.#error,
      this.#message,
    );
    this.#cancel.hidden = true;
  }

  /** Takes its place on the chart's card. */
  open(): void {
    const { card, figure } = this.#view;
    figure.after(this.#handles.element);
    card.append(this.element);
    this.#view.drawn = () => this.#handles.place();
    this.#replace(this.#stages);
  }

  close(): void {
    this.#making?.cancel?.();
    this.#handles.element.remove();
    this.element.remove();
    this.#view.drawn = () => {};
    this.#view.edit(undefined);
  }

  /** Other data is in view. */
  follow(): void {
    if (!this.element.isConnected) return;
    this.#making?.cancel?.();
    setText(this.#message, '');
    this.#show();
  }

  #replace(stages: Stage[]): void {
    this.#stages = stages;
    this.#rows = stages.map((stage, i) => this.#row(stage, i));
    const heads = [...columns.map(({ label }) => label), 'sequences', ''];
    fill(
      this.#table,
      element('caption', { class: 'visually-hidden' }, 'Stages'),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...heads.map((text) =>
            text === '' ? element('td') : element('th', { scope: 'col' }, text),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...this.#rows.map(({ inputs, count }, i) =>
          element(
            'tr',
            {},
            ...[...inputs.values()].map((input) => element('td', {}, input)),
            element('td', {}, count),
            element(
              'td',
              {},
              iconButton(`Remove ${stages[i]?.name}`, '×', () => this.#remove(i)),
            ),
          ),
        ),
      ),
    );
    this.#show();
  }

  #row(stage: Stage, i: number): Row {
    const inputs = columns.map(({ key, label }): [StageKey, HTMLInputElement] => {
      const isName = key === 'name';
      const input = element('input', {
        class: isName ? 'number-input stage-name' : 'number-input',
        'aria-label': `${label} of stage ${i + 1}`,
        autocomplete: 'off',
        spellcheck: 'false',
        inputmode: isName ? 'text' : 'decimal',
        on: {
          input: () => this.#set(i, key, isName ? input.value.trim() : parseNumber(input.value)),
        },
      });
      input.value = isName ? stage.name : numberText(stage[key]);
      return [key, input];
    });
    return { inputs: new Map(inputs), count: element('span') };
  }

  #set(i: number, key: StageKey, value: unknown): void {
    this.#stages = this.#stages.map((stage, at) => (at === i ? { ...stage, [key]: value } : stage));
    this.#show();
  }

  #add(): void {
    const names = new Set(this.#stages.map(({ name }) => name));
    let number = this.#stages.length + 1;
    while (names.has(`stage${number}`)) number += 1;
    const max_length = this.#stages.at(-1)?.max_length ?? 512;
    const added = { name: `stage${number}`, min_complexity: 0, max_complexity: 1, max_length };
    this.#replace([...this.#stages, added]);
    this.#rows.at(-1)?.inputs.get('name')?.focus();
  }

  #remove(i: number): void {
    this.#replace(this.#stages.filter((_, at) => at !== i));
    this.#rows[Math.max(0, i - 1)]?.inputs.get('name')?.focus();
  }

  /** Shows the stages on the chart, what each takes, and what is wrong with them. */
  #show(): void {
    const problems = problemsOf(this.#stages);
    const { sequences, refusal } = curriculumData(this.#inView());
    this.#stages.forEach((stage, i) => {
      const row = this.#rows[i];
      if (!row) return;
      for (const [key, input] of row.inputs)
        input.setAttribute('aria-invalid', String(problems.has(`${i}.${key}`)));
      const isRange = !problems.has(`${i}.min_complexity`) && !problems.has(`${i}.max_complexity`);
      setText(row.count, isRange ? formatCount(takenBy(stage, sequences)) : '–');
    });
    const [first] = problems;
    const place = first && /^(\d+)\.(.*)$/.exec(first[0]);
    const label = columns.find(({ key }) => key === place?.[2])?.label;
    setText(
      this.#error,
      first ? `Stage ${Number(place?.[1]) + 1}, ${label}: ${first[1]}` : (refusal ?? ''),
    );
    const isNothing = this.#stages.length === 0 || sequences === 0;
    this.#download.disabled =
      problems.size > 0 || isNothing || refusal !== undefined || this.#making !== undefined;
    if (problems.size > 0) return;
    this.#view.edit(this.#stages);
    this.#handles.show(this.#stages);
  }

  async #make(): Promise<void> {
    const making = makerOf(curriculumData(this.#inView()));
    this.#making = making;
    this.#cancel.hidden = making.cancel === undefined;
    this.#show();
    setText(this.#message, 'Sorting…');
    try {
      const files = await making.make(this.#stages);
      const { name, blob } = await zipOf(files, this.#stages);
      const counts = files.map((file) => withUnit(file.sequences, 'sequences')).join(', ');
      setText(this.#message, `${name}: ${counts}; ${formatBytes(blob.size)}.`);
      save(name, blob);
    } catch (error) {
      const wasCancelled = error instanceof CoreError && error.kind === 'cancelled';
      setText(this.#message, wasCancelled ? 'Cancelled.' : (error as Error).message);
    }
    this.#making = undefined;
    this.#cancel.hidden = true;
    this.#show();
  }
}
