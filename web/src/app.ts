import type { Problem } from 'synthgen';

import { element, fill } from './dom';
import { formatCount, formatMilliseconds } from './format';
import { ChartsPanel } from './panels/charts/charts';
import { DataPanel } from './panels/data/data';
import { DownloadDialog } from './panels/download/download';
import { FormPanel } from './panels/form/form';
import { themeButton } from './panels/header/theme_button';
import { NumbersPanel } from './panels/numbers/numbers';
import { ProblemsPanel } from './panels/problems/problems';
import { Segmented } from './panels/segmented';
import { decodeHash } from './state/hash';
import { bindHistory } from './state/history';
import { activeConfig, familyOf, type State } from './state/state';
import { Store } from './state/store';
import { CoreError, type CoreClient } from './worker/client';
import { latest } from './worker/latest';
import type { Description, Preview, PreviewRequest } from './worker/messages';

/** The page: one store, its panels, and the worker between them. */
export class App {
  readonly #store: Store;
  readonly #description: Description;
  readonly #form: FormPanel;
  readonly #families: Segmented<string>;
  readonly #problems: ProblemsPanel;
  readonly #data: DataPanel;
  readonly #numbers: NumbersPanel;
  readonly #charts = new ChartsPanel();
  readonly #download: DownloadDialog;
  readonly #downloadButton: HTMLButtonElement;
  readonly #status = element('footer', { class: 'status' });
  readonly #ask: (request: PreviewRequest) => void;
  #notices: string[];
  #failure: CoreError | undefined;
  #preview: Preview | undefined;
  #results = element('div', { class: 'results' });

  constructor(root: HTMLElement, core: CoreClient, description: Description) {
    const { parameters, families, measures } = description;
    this.#description = description;
    const { state, notices } = decodeHash(location.hash, parameters);
    this.#notices = notices;
    this.#store = new Store(state);
    this.#form = new FormPanel(this.#store, parameters, families);
    this.#families = new Segmented(
      'Family',
      families.map(({ name }) => name),
      (generator) => this.#setFamily(generator),
      'families',
    );
    this.#problems = new ProblemsPanel((key) => this.#removeKey(key));
    this.#data = new DataPanel(this.#store);
    this.#numbers = new NumbersPanel(measures);
    this.#download = new DownloadDialog(parameters);
    this.#downloadButton = element(
      'button',
      { type: 'button', class: 'primary', on: { click: () => this.#openDownload() } },
      'Download',
    );
    this.#ask = latest(
      (request: PreviewRequest) => core.call('preview', request),
      (preview) => this.#showPreview(preview),
      (error) => this.#showFailure(error),
    );
    this.#lay(root);
    bindHistory(this.#store, parameters, (list) => {
      this.#notices = list;
    });
    this.#store.subscribe((next) => this.#showState(next));
    this.#showState(state);
  }

  #lay(root: HTMLElement): void {
    const sheetButton = element(
      'button',
      { type: 'button', class: 'sheet-button', 'aria-expanded': 'false', 'aria-controls': 'knobs' },
      'Parameters',
    );
    const knobs = element(
      'aside',
      { id: 'knobs', class: 'card knobs', 'aria-label': 'Settings' },
      this.#form.element,
    );
    sheetButton.addEventListener('click', () => {
      const open = root.classList.toggle('sheet-open');
      sheetButton.setAttribute('aria-expanded', String(open));
      sheetButton.textContent = open ? 'Close parameters' : 'Parameters';
      if (open) window.scrollTo({ top: 0 });
    });
    this.#results.append(this.#numbers.element);
    fill(
      root,
      element(
        'header',
        { class: 'header' },
        element('h1', {}, 'synthgen'),
        element('p', { class: 'tagline' }, 'sequences whose structure is known'),
        element('nav', { class: 'family-bar', 'aria-label': 'Families' }, this.#families.element),
        element(
          'div',
          { class: 'header-actions' },
          themeButton(() => this.#data.raster.recolor()),
          this.#downloadButton,
        ),
      ),
      knobs,
      element(
        'main',
        { class: 'main' },
        this.#problems.element,
        this.#data.element,
        this.#charts.element,
      ),
      this.#results,
      this.#status,
      sheetButton,
      this.#download.element,
    );
  }

  #showState(state: State): void {
    this.#families.show(familyOf(state));
    this.#data.showView(state);
    this.#showProblems();
    this.#ask({
      config: activeConfig(state, this.#description.parameters),
      split: state.view.split,
      from: state.view.from,
    });
  }

  #showProblems(): void {
    const failure = this.#failure;
    const left = this.#form.show(this.#store.state, failure?.problems ?? []);
    const hasFields = (failure?.problems.length ?? 0) > 0;
    this.#problems.show({
      problems: left,
      messages: [
        ...this.#notices,
        ...(failure && !hasFields ? [failure.message] : []),
        ...(failure ? [] : (this.#preview?.notes ?? [])),
      ],
      anyProblem: failure !== undefined,
    });
    document.body.classList.toggle('stale', failure !== undefined);
    this.#downloadButton.disabled = failure !== undefined && hasFields;
  }

  #showPreview(preview: Preview): void {
    this.#preview = preview;
    this.#failure = undefined;
    this.#data.show(preview);
    this.#numbers.show(preview);
    this.#charts.show(preview);
    this.#showProblems();
    const { version, streamVersion } = this.#description;
    fill(
      this.#status,
      ...[
        `${formatCount(preview.tokens.length)} tokens`,
        `generated in ${formatMilliseconds(preview.generate_ms)}`,
        `measured in ${formatMilliseconds(preview.analyze_ms)}`,
        `synthgen ${version}, stream version ${streamVersion}`,
        'nothing leaves this machine',
      ].map((text) => element('span', {}, text)),
    );
  }

  #showFailure(error: unknown): void {
    this.#failure =
      error instanceof CoreError
        ? error
        : new CoreError({ kind: 'internal', message: String(error), problems: [] as Problem[] });
    this.#showProblems();
  }

  #setFamily(generator: string): void {
    const { config } = this.#store.state;
    this.#store.set({ ...this.#store.state, config: { ...config, generator } }, 'commit');
  }

  #removeKey(key: string): void {
    const { [key]: _removed, ...config } = this.#store.state.config;
    const generator =
      key === 'generator' ? this.#description.families[0]?.name : config['generator'];
    this.#store.set({ ...this.#store.state, config: { ...config, generator } }, 'commit');
  }

  #openDownload(): void {
    if (!this.#preview) return;
    this.#download.open({
      given: activeConfig(this.#store.state, this.#description.parameters),
      canonical: this.#preview.config,
    });
  }
}
