import { element, fill, setText } from '../../dom/element';
import { formatBytes, formatPercent, withUnit } from '../../model/format';
import { stages } from '../../model/curriculum';
import { save } from '../../dom/files';
import type { StageFile } from '../../worker/messages';

/** What each stage takes, in words. */
function stageInWords(): string {
  const parts = stages.map(
    ({ name, min_complexity, max_complexity, max_length }) =>
      `${name} takes ${formatPercent(min_complexity)} to ${formatPercent(max_complexity)}, cut to ${max_length} tokens`,
  );
  return `Sequences ranked by complexity: ${parts.join('; ')}.`;
}

/** Splits a file into the stages of the guide's curriculum, and saves them. */
export class CurriculumPanel {
  readonly element: HTMLElement;
  readonly #make: () => Promise<StageFile[]>;
  readonly #files = element('ul', { class: 'file-list' });
  readonly #message = element('p', { class: 'file-message', role: 'status' });
  readonly #button: HTMLButtonElement;

  /** `make` splits the file that is open. */
  constructor(make: () => Promise<StageFile[]>) {
    this.#make = make;
    this.#button = element(
      'button',
      { type: 'button', on: { click: () => void this.#split() } },
      'Make stage files',
    );
    this.element = element(
      'section',
      { class: 'card curriculum', 'aria-label': 'Curriculum' },
      element('h2', {}, 'Curriculum'),
      element('p', { class: 'card-subtitle' }, stageInWords()),
      this.#button,
      this.#message,
      this.#files,
    );
  }

  /** Prepares the panel for a file that was just measured. */
  reset(): void {
    fill(this.#files);
    setText(this.#message, '');
    this.#button.hidden = false;
    this.#button.disabled = false;
  }

  async #split(): Promise<void> {
    this.#button.disabled = true;
    setText(this.#message, 'Sorting…');
    try {
      const made = await this.#make();
      this.#button.hidden = true;
      setText(this.#message, '');
      fill(this.#files, ...made.map((file) => this.#row(file)));
    } catch (error) {
      this.#button.disabled = false;
      setText(this.#message, (error as Error).message);
    }
  }

  #row({ name, sequences, blob }: StageFile): HTMLElement {
    const click = () => save(name, blob);
    return element(
      'li',
      {},
      element('code', {}, name),
      element('span', {}, `${withUnit(sequences, 'sequences')}, ${formatBytes(blob.size)}`),
      element('button', { type: 'button', 'aria-label': `Save ${name}`, on: { click } }, 'Save'),
    );
  }
}
