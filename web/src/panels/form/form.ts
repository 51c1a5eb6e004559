import type { Expectation, Family, Parameter, Preset as PaperPreset, Problem } from 'synthgen';

import { element, fill } from '../../dom/element';
import { isCustom } from '../../model/custom_family';
import type { PresetGroup } from '../../state/preset_groups';
import { afterPreset, paperPresets, presetOf, type Preset } from '../../state/presets';
import {
  familyOf,
  isChanged,
  valueOf,
  withDefaults,
  withValue,
  type Change,
  type State,
  type Store,
} from '../../state/state';
import { controlFor } from './controls';
import { Field, parameterOf, type BlocksMaker } from './field';

export interface ShownProblems {
  /** The fields that show their own problems. */
  wrongFields: readonly { key: string; label: string }[];
  /** Problems of keys without a field. */
  problems: readonly Problem[];
}

function toolButton(text: string, click: () => void): HTMLButtonElement {
  return element('button', { type: 'button', class: 'quiet-button', on: { click } }, text);
}

function optionsOf(group: string, offered: readonly Preset[]): HTMLOptGroupElement {
  return element(
    'optgroup',
    { label: group },
    ...offered.map(({ name, paper }) =>
      element('option', { value: name, title: paper?.summary }, name),
    ),
  );
}

/** What the form's buttons open. */
interface Openers {
  openGallery: () => void;
  openSearch: () => void;
}

/** The parameters of the chosen family, in the table's groups. */
export class FormPanel {
  readonly element: HTMLElement;
  readonly #store: Store;
  readonly #parameters: readonly Parameter[];
  readonly #families: readonly Family[];
  readonly #about = element('div', { class: 'family-about' });
  readonly #notes = element('ul', { class: 'notes', 'aria-label': 'Notes' });
  readonly #groups = element('div', { class: 'groups' });
  readonly #preset: HTMLSelectElement;
  readonly #paper = element('details', { class: 'preset-about', hidden: true });
  readonly #resetAll: HTMLButtonElement;
  #presets: readonly Preset[] = [];
  #fields: Field[] = [];
  #blocks: BlocksMaker | undefined;
  #family: string | undefined;

  constructor(
    store: Store,
    parameters: readonly Parameter[],
    families: readonly Family[],
    { openGallery, openSearch }: Openers,
  ) {
    this.#store = store;
    this.#parameters = parameters;
    this.#families = families;
    this.#preset = element(
      'select',
      { id: 'preset', on: { change: () => this.#usePreset(this.#preset.value) } },
      element('option', { value: '' }, 'your own'),
    );
    this.#resetAll = element(
      'button',
      {
        type: 'button',
        class: 'quiet-button',
        on: { click: () => store.set(withDefaults(store.state), 'commit') },
      },
      'Reset all',
    );
    this.element = element(
      'form',
      {
        class: 'form',
        'aria-label': 'Parameters',
        autocomplete: 'off',
        on: { submit: (event) => event.preventDefault() },
      },
      element(
        'div',
        { class: 'form-head' },
        element('label', { for: 'preset' }, 'Preset'),
        this.#preset,
        this.#resetAll,
      ),
      element(
        'div',
        { class: 'form-head' },
        toolButton('Browse presets', openGallery),
        toolButton('Find a parameter', openSearch),
      ),
      this.#paper,
      this.#about,
      this.#notes,
      this.#groups,
    );
  }

  /** The parameters that the family has, in the form's order. */
  get parameters(): Parameter[] {
    const own = new Map(this.#parameters.map((parameter) => [parameter.key, parameter]));
    return this.#fields.flatMap(({ key }) => own.get(key) ?? []);
  }

  /** Lets lists and objects be edited as blocks. */
  offerBlocks(make: BlocksMaker): void {
    this.#blocks = make;
    for (const field of this.#fields) field.extend(make);
  }

  /** All presets that are offered. */
  get presets(): readonly Preset[] {
    return this.#presets;
  }

  /** Adds the page's own presets, ahead of those of papers. */
  offerGroups(groups: readonly PresetGroup[]): void {
    const names = new Set(this.#families.map(({ name }) => name));
    const offered = groups.map((group) => ({
      ...group,
      presets: group.presets.filter(({ config }) => names.has(String(config['generator']))),
    }));
    this.#presets = [...offered.flatMap((group) => group.presets), ...this.#presets];
    const own = offered.map((group) => optionsOf(group.name, group.presets));
    this.#preset.firstElementChild?.after(...own);
    this.#showPreset(this.#store.state);
  }

  /** Adds the settings of papers, as the core has them, to the presets. */
  offer(papers: readonly PaperPreset[]): void {
    const offered = paperPresets(papers, this.#parameters);
    this.#presets = [...this.#presets, ...offered];
    this.#preset.append(optionsOf('Papers', offered));
    this.#showPreset(this.#store.state);
  }

  /** Shows the state's values, and problems at their fields; returns where each problem shows. */
  show(state: State, problems: readonly Problem[]): ShownProblems {
    const family = familyOf(state);
    if (family !== this.#family) this.#build(family);
    const own = new Map(this.#parameters.map((p) => [p.key, p]));
    for (const field of this.#fields) {
      const parameter = own.get(field.key);
      if (parameter === undefined) continue;
      field.show(
        valueOf(state, parameter),
        isChanged(state, parameter),
        problems.filter((problem) => parameterOf(problem) === field.key),
      );
    }
    this.#resetAll.disabled = Object.keys(state.config).length <= 1;
    this.#showPreset(state);
    const keys = new Set(problems.map(parameterOf));
    const wrongFields = this.#fields.filter(({ key }) => keys.has(key));
    const shown = new Set(wrongFields.map(({ key }) => key));
    return {
      wrongFields,
      problems: problems.filter((problem) => !shown.has(parameterOf(problem))),
    };
  }

  /** Shows the core's notes on settings that are allowed. */
  showNotes(notes: readonly string[]): void {
    this.#notes.hidden = notes.length === 0;
    fill(this.#notes, ...notes.map((note) => element('li', {}, note)));
  }

  /** Gives each parameter's help the expectations that depend on it. */
  showExpected(truth: readonly Expectation[]): void {
    for (const field of this.#fields)
      field.showExpected(truth.filter(({ depends_on }) => depends_on.includes(field.key)));
  }

  /** Moves the focus to a parameter's field. */
  focus(key: string): void {
    this.#fields.find((field) => field.key === key)?.focus();
  }

  #build(family: string): void {
    this.#family = family;
    const about = this.#families.find(({ name }) => name === family);
    fill(
      this.#about,
      about && element('p', {}, about.summary),
      about && element('p', { class: 'family-example' }, about.example),
    );
    const used = this.#parameters.filter(
      (p) => p.families.includes(family) && p.key !== 'generator',
    );
    // The family's own parameters come first, then those that only some families have, then the rest.
    const everywhere = this.#families.length;
    const rank = ({ families: { length } }: Parameter) =>
      length === 1 ? 0 : length < everywhere ? 1 : 2;
    const lowestRank = (parameters: readonly Parameter[]) => Math.min(...parameters.map(rank));
    const ordered = [...Map.groupBy(used, (p) => p.group)].toSorted(
      ([, a], [, b]) => lowestRank(a) - lowestRank(b),
    );
    this.#fields = [];
    fill(
      this.#groups,
      ...ordered.map(([group, parameters]) => {
        const fields = parameters.map((parameter, i) => this.#field(parameter, i === 0));
        this.#fields.push(...fields);
        if (this.#blocks) for (const field of fields) field.extend(this.#blocks);
        return element(
          'fieldset',
          {},
          element('legend', {}, group),
          ...fields.map((field) => field.element),
        );
      }),
    );
  }

  #showPreset({ config, pinned }: State): void {
    const preset = presetOf(config, pinned, this.#presets);
    this.#preset.value = preset?.name ?? '';
    const paper = preset?.paper;
    this.#paper.hidden = paper === undefined;
    if (!paper) return;
    const { summary, citation, reference, floor, shortcuts } = paper;
    fill(
      this.#paper,
      element('summary', {}, summary),
      element('p', {}, citation),
      element('p', {}, element('strong', {}, 'Reference. '), reference),
      element('p', {}, element('strong', {}, 'Floor. '), floor),
      element('p', {}, element('strong', {}, 'Shortcuts. '), shortcuts),
    );
  }

  #usePreset(name: string): void {
    const preset = this.#presets.find((entry) => entry.name === name);
    if (preset) this.use(preset);
  }

  /** Takes the settings of a preset. */
  use(preset: Preset): void {
    const { config, pinned, ...rest } = this.#store.state;
    const next = { ...rest, ...afterPreset(preset, config, pinned, this.#presets) };
    // Custom presets start with the editor's first example.
    const code = isCustom(next) ? { code: undefined } : {};
    this.#store.set({ ...next, ...code }, 'commit');
  }

  #field(parameter: Parameter, isFirst: boolean): Field {
    const change = (value: unknown, kind: Change) =>
      this.#store.set(withValue(this.#store.state, parameter, value), kind);
    return new Field(parameter, controlFor(parameter), change, isFirst);
  }
}
