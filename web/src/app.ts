import { element, fill } from './dom';
import { ChartsPanel } from './panels/charts/charts';
import { DataPanel } from './panels/data/data';
import { DownloadDialog } from './panels/download/download';
import { FormPanel } from './panels/form/form';
import { FormSheet } from './panels/form/sheet';
import { Header } from './panels/header/header';
import { NumbersPanel } from './panels/numbers/numbers';
import { ProblemsPanel } from './panels/problems/problems';
import { StatusPanel } from './panels/status/status';
import { inspect } from './preview/inspection';
import { decodeHash } from './state/hash';
import { bindHistory } from './state/history';
import { withFamily } from './state/presets';
import { activeConfig, familyOf, type State } from './state/state';
import { Store } from './state/store';
import { CoreError, type CoreClient } from './worker/client';
import { latest } from './worker/latest';
import type { Description, Preview, PreviewRequest } from './worker/messages';

/** A preview that keeps a newer one waiting for longer is given up. */
const patienceMs = 800;

/** The page: one store, the panels that show it, and the worker between them. */
export class App {
  readonly #description: Description;
  readonly #store: Store;
  readonly #header: Header;
  readonly #form: FormPanel;
  readonly #sheet: FormSheet;
  readonly #problems = new ProblemsPanel(
    (key) => this.#removeKey(key),
    (key) => this.#goToField(key),
  );
  readonly #data: DataPanel;
  readonly #numbers = new NumbersPanel();
  readonly #charts = new ChartsPanel();
  readonly #status: StatusPanel;
  readonly #download: DownloadDialog;
  readonly #main = element('main', { class: 'main' });
  readonly #ask: (request: PreviewRequest) => void;
  /** What of the link could not be used. */
  #notices: readonly string[];
  /** Why the settings in the form have no preview; undefined while they have one. */
  #failure: CoreError | undefined;
  #preview: Preview | undefined;

  constructor(root: HTMLElement, core: CoreClient, description: Description) {
    const { parameters, families } = description;
    const { state, notices } = decodeHash(location.hash, parameters);
    this.#description = description;
    this.#notices = notices;
    this.#store = new Store(state);
    this.#header = new Header(families, {
      setFamily: (family) => this.#setConfig(withFamily(this.#store.state.config, family)),
      download: () => this.#openDownload(),
      themeChanged: () => this.#data.recolor(),
    });
    this.#form = new FormPanel(this.#store, parameters, families);
    this.#data = new DataPanel(this.#store);
    this.#sheet = new FormSheet(this.#form.element, root, () => this.#data.intoSight());
    this.#status = new StatusPanel(description);
    this.#download = new DownloadDialog(parameters);
    this.#ask = latest(
      (request: PreviewRequest) => core.call('preview', request),
      (preview, isNewest) => this.#showPreview(preview, isNewest),
      (error, isNewest) => this.#showFailure(error, isNewest),
      { ms: patienceMs, abandon: () => core.restart() },
    );
    this.#numbers.element.hidden = true;
    this.#charts.element.hidden = true;
    this.#lay(root);
    bindHistory(this.#store, parameters, (list) => {
      this.#notices = list;
    });
    this.#store.subscribe((next) => this.#showState(next));
    this.#showState(state);
  }

  #lay(root: HTMLElement): void {
    fill(
      this.#main,
      this.#problems.element,
      this.#data.element,
      this.#numbers.element,
      this.#charts.element,
    );
    fill(
      root,
      this.#header.element,
      this.#sheet.element,
      this.#main,
      this.#status.element,
      this.#sheet.bar,
      this.#download.element,
    );
  }

  #showState(state: State): void {
    this.#data.showView(state.view);
    this.#showSettings();
    const config = activeConfig(state, this.#description.parameters);
    this.#main.setAttribute('aria-busy', 'true');
    this.#ask({ config, split: state.view.split, from: state.view.from });
  }

  #showPreview(preview: Preview, isNewest: boolean): void {
    this.#main.setAttribute('aria-busy', String(!isNewest));
    this.#preview = preview;
    this.#failure = undefined;
    const inspection = inspect(preview, this.#description.measures);
    this.#numbers.element.hidden = false;
    this.#charts.element.hidden = false;
    this.#data.show(inspection);
    this.#numbers.show(inspection);
    this.#charts.show(inspection);
    this.#status.show(preview);
    this.#showSettings();
  }

  #showFailure(error: unknown, isNewest: boolean): void {
    this.#main.setAttribute('aria-busy', String(!isNewest));
    this.#failure =
      error instanceof CoreError
        ? error
        : new CoreError({ kind: 'internal', message: String(error), problems: [] });
    if (!this.#preview) this.#data.showNothing();
    this.#showSettings();
  }

  /** The form, and whatever is wrong with it. */
  #showSettings(): void {
    const failure = this.#failure;
    const problems = failure?.problems ?? [];
    const { state } = this.#store;
    this.#form.showNotes(failure ? [] : (this.#preview?.notes ?? []));
    this.#problems.show({
      ...this.#form.show(state, problems),
      refusal: failure && problems.length === 0 ? failure.message : undefined,
      notices: this.#notices,
      isStale: failure !== undefined && this.#preview !== undefined,
    });
    this.#header.show(familyOf(state), this.#preview !== undefined && problems.length === 0);
    document.body.classList.toggle('stale', failure !== undefined);
  }

  #setConfig(config: State['config']): void {
    this.#store.set({ ...this.#store.state, config }, 'commit');
  }

  #goToField(key: string): void {
    this.#sheet.open();
    this.#form.focus(key);
  }

  #removeKey(key: string): void {
    const { [key]: _removed, ...rest } = this.#store.state.config;
    const first = this.#description.families[0]?.name;
    this.#setConfig(key === 'generator' ? { ...rest, generator: first } : rest);
  }

  #openDownload(): void {
    if (!this.#preview) return;
    this.#download.open({
      given: activeConfig(this.#store.state, this.#description.parameters),
      canonical: this.#preview.config,
    });
  }
}
