import type { Config, DatasetOptions, Format, Split } from 'synthgen';
import coreFormats from 'virtual:formats';

import { Segmented } from '../../dom/controls';
import { element, fill, setText } from '../../dom/element';
import { configOfSplit, splitSizeOf } from '../../model/preview_rows';
import { splits } from '../../state/state';
import { parquetFormat } from '../../worker/parquet_pieces';

export const packagings = ['separate files', 'one ZIP'] as const;
export type Packaging = (typeof packagings)[number];

/** The files that the visitor wants. */
export interface Choice {
  format: Format;
  options: DatasetOptions;
  /** The config without the splits that are not wanted. */
  narrowed: (config: Config) => Config;
  packaging: Packaging;
}

const formats: readonly Format[] = [...coreFormats, parquetFormat];

/** The default format, and the only one with a dataset card. */
const jsonl = 'jsonl';

function checkRow(input: HTMLInputElement, label: string): HTMLElement {
  return element('div', { class: 'check-row' }, input, element('label', { for: input.id }, label));
}

/** Which splits, in which format, with what: the settings of a download. */
export class ChoicesForm {
  readonly element: HTMLFieldSetElement;
  readonly #format: HTMLSelectElement;
  readonly #summary = element('p', { class: 'card-subtitle' });
  readonly #splits = element('div', { class: 'check-row' });
  readonly #latents: HTMLInputElement;
  readonly #labels: HTMLInputElement;
  readonly #dtype: HTMLSelectElement;
  readonly #predictive: HTMLSelectElement;
  readonly #separator: HTMLInputElement;
  readonly #card: HTMLInputElement;
  readonly #packaging: Segmented<Packaging>;
  readonly #rows: Record<
    'latents' | 'labels' | 'card' | 'dtype' | 'separator' | 'predictive',
    HTMLElement
  >;
  #unwanted = new Set<Split>();
  #packagingChosen: Packaging = packagings[0];

  /** `changed` is called with every change. */
  constructor(changed: () => void) {
    const change = () => {
      this.#showRows();
      changed();
    };
    const check = (id: string) => element('input', { type: 'checkbox', id, on: { change } });
    const list = (id: string, options: Record<string, string>) =>
      element(
        'select',
        { id, on: { change } },
        ...Object.entries(options).map(([value, text]) => element('option', { value }, text)),
      );
    const labelled = (control: HTMLElement, label: string) =>
      element(
        'div',
        { class: 'choice-row' },
        element('label', { for: control.id }, label),
        control,
      );
    this.#format = list(
      'download-format',
      Object.fromEntries(formats.map(({ name }) => [name, name])),
    );
    this.#latents = check('with-latents');
    this.#labels = check('with-labels');
    this.#card = check('with-card');
    this.#dtype = list('download-dtype', {});
    this.#predictive = list('download-predictive', {
      '': 'none',
      bits: 'what each token costs the best model, in bits',
      law: 'the probability of every id',
    });
    this.#separator = element('input', {
      type: 'number',
      id: 'download-separator',
      class: 'list-input',
      min: 0,
      placeholder: 'none',
      on: { change },
    });
    this.#packaging = new Segmented('Save as', packagings, (packaging) => {
      this.#packagingChosen = packaging;
      change();
    });
    this.#packaging.show(this.#packagingChosen);
    this.#rows = {
      latents: checkRow(this.#latents, 'with latents: the structure of each sequence, on its line'),
      labels: checkRow(this.#labels, 'with labels: the id to predict at each token'),
      card: checkRow(
        this.#card,
        'with a dataset card: a README.md for Hugging Face’s load_dataset',
      ),
      dtype: labelled(this.#dtype, 'Type of ids'),
      separator: labelled(this.#separator, 'Id between sequences'),
      predictive: labelled(this.#predictive, 'Exact law'),
    };
    this.element = element(
      'fieldset',
      { class: 'download-choices', 'aria-label': 'Files' },
      labelled(this.#format, 'Format'),
      this.#summary,
      this.#splits,
      ...Object.values(this.#rows),
      this.#packaging.element,
    );
    this.#showRows();
  }

  get #chosen(): Format {
    return formats.find(({ name }) => name === this.#format.value) ?? parquetFormat;
  }

  /** Offers the splits that the config has. */
  offer(config: Config, changed: () => void): void {
    this.#unwanted = new Set();
    const present = splits.filter((split) => splitSizeOf(configOfSplit(config, split), split) > 0);
    fill(
      this.#splits,
      ...present.flatMap((split) => {
        const id = `download-${split}`;
        const input = element('input', {
          type: 'checkbox',
          id,
          checked: true,
          disabled: present.length < 2,
          on: {
            change: () => {
              if (input.checked) this.#unwanted.delete(split);
              else this.#unwanted.add(split);
              changed();
            },
          },
        });
        return [input, element('label', { for: id }, split)];
      }),
    );
  }

  get choice(): Choice {
    const format = this.#chosen;
    const { value: dtype } = this.#dtype;
    const { value: predictive } = this.#predictive;
    const separator = this.#separator.value;
    const options: DatasetOptions = {
      ...(format.name === jsonl ? {} : { format: format.name }),
      ...(format.latents && this.#latents.checked ? { latents: true } : {}),
      ...(this.#labels.checked ? { labels: true } : {}),
      ...(format.predictive && predictive !== ''
        ? { predictive: predictive as 'bits' | 'law' }
        : {}),
      ...(format.dtypes.includes(dtype) ? { dtype } : {}),
      ...(format.separator && separator !== '' ? { separator: Number(separator) } : {}),
      ...(format.name === jsonl && this.#card.checked ? { dataset_card: true } : {}),
    };
    const unwanted = Object.fromEntries([...this.#unwanted].map((split) => [`num_${split}`, 0]));
    return {
      format,
      options,
      narrowed: (config) => ({ ...config, ...unwanted }),
      packaging: this.#packagingChosen,
    };
  }

  /** Whether every split that the config has was refused. */
  get isEmpty(): boolean {
    return this.#splits.querySelector('input:checked') === null;
  }

  #showRows(): void {
    const format = this.#chosen;
    setText(this.#summary, format.summary);
    if (this.#dtype.dataset['of'] !== format.name) {
      this.#dtype.dataset['of'] = format.name;
      const option = (value: string, text: string) => element('option', { value }, text);
      fill(
        this.#dtype,
        option('', 'the first that holds every id'),
        ...format.dtypes.map((name) => option(name, name)),
      );
    }
    this.#rows.latents.hidden = !format.latents;
    this.#rows.card.hidden = format.name !== jsonl;
    this.#rows.predictive.hidden = !format.predictive;
    this.#rows.separator.hidden = !format.separator;
    this.#rows.dtype.hidden = format.dtypes.length === 0;
  }
}
