import { element, fill } from '../dom/element';
import { listenForDrops } from '../dom/files';
import { Later } from '../dom/lazy_panel';
import { customFamily, isCustom, isPinnable } from '../model/custom_family';
import { inspect, type Inspection } from '../model/inspection';
import type { Reading } from '../model/reading';
import { ChartsPanel } from '../panels/charts/charts';
import type { ComparePanel } from '../panels/compare/compare';
import { DataPanel } from '../panels/data/data';
import type { DownloadDialog } from '../panels/download/download';
import { EditorPlace } from '../panels/editor/place';
import type { FileDialog } from '../panels/file/file';
import { FormPanel } from '../panels/form/form';
import { FormSheet } from '../panels/form/sheet';
import { Header } from '../panels/header/header';
import { NumbersPanel } from '../panels/numbers/numbers';
import { ProblemsPanel } from '../panels/problems';
import { StatusPanel } from '../panels/status';
import { decodeHash } from '../state/hash';
import { PageHistory } from '../state/history';
import { withFamily } from '../state/presets';
import { activeConfig, familyOf, type State, Store } from '../state/state';
import { CoreClient, CoreError, fullWorker } from '../worker/client';
import { latest } from '../worker/latest';
import type { Description, Preview } from '../model/preview';
import { Details } from './details';
import { PinnedPreview } from './pinned_preview';

/** A preview that keeps a newer one waiting for longer is given up. */
const patienceMs = 800;

/** The page: one store, the panels that show it, and the worker between them. */
export class App {
  readonly #core: CoreClient;
  readonly #description: Description;
  readonly #store: Store;
  readonly #history: PageHistory;
  readonly #header: Header;
  readonly #form: FormPanel;
  readonly #sheet: FormSheet;
  readonly #problems = new ProblemsPanel(
    (key) => this.#removeKey(key),
    (key) => this.#goToField(key),
  );
  readonly #editor: EditorPlace;
  readonly #data: DataPanel;
  readonly #compare: Later<ComparePanel>;
  readonly #pinned: PinnedPreview;
  readonly #numbers = new NumbersPanel((change) =>
    this.#setConfig({ ...this.#store.state.config, ...change }),
  );
  readonly #charts = new ChartsPanel();
  readonly #details = new Details((reading) => {
    this.#reading = reading;
    this.#numbers.show(reading);
    this.#showCharts();
  });
  readonly #status: StatusPanel;
  readonly #download: Later<DownloadDialog>;
  readonly #file: Later<FileDialog>;
  readonly #main = element('main', { class: 'main' });
  readonly #ask: (state: State) => void;
  /** Who makes the preview under way. */
  #maker: { restart(): void };
  /** What of the link could not be used. */
  #notices: readonly string[];
  /** Why the settings in the form have no preview; undefined while they have one. */
  #failure: CoreError | undefined;
  /** The preview asked for last; undefined where it is to be asked for again. */
  #asked: string | undefined;
  #preview: Preview | undefined;
  #inspection: Inspection | undefined;
  #reading: Reading | undefined;

  constructor(root: HTMLElement, core: CoreClient, description: Description) {
    const { parameters } = description;
    const families = [...description.families, customFamily];
    const { state, notices } = decodeHash(location.hash, parameters);
    this.#core = core;
    this.#maker = core;
    this.#description = description;
    this.#notices = notices;
    this.#store = new Store(state);
    this.#header = new Header(families, {
      setFamily: (family) => this.#setConfig(withFamily(this.#store.state.config, family)),
      openFile: () => void this.#openFile(),
      download: () => void this.#openDownload(),
      themeChanged: () => this.#data.recolor(),
      undo: () => this.#history.undo(),
      redo: () => this.#history.redo(),
    });
    this.#form = new FormPanel(this.#store, parameters, families);
    this.#editor = new EditorPlace(this.#store);
    this.#data = new DataPanel(this.#store);
    this.#compare = new Later(
      (panel) => this.#main.insertBefore(panel, this.#charts.element),
      async () => {
        const { ComparePanel: Panel } = await import('../panels/compare/compare');
        return new Panel(this.#store, parameters);
      },
    );
    this.#pinned = new PinnedPreview(description, () => this.#showComparison());
    this.#sheet = new FormSheet(this.#form.element, root, () => this.#data.intoSight());
    this.#status = new StatusPanel(description);
    const append = (dialog: HTMLElement) => root.append(dialog);
    this.#download = new Later(append, async () => {
      const { DownloadDialog } = await import('../panels/download/download');
      return new DownloadDialog();
    });
    this.#file = new Later(append, async () => {
      const { FileDialog } = await import('../panels/file/file');
      return new FileDialog();
    });
    listenForDrops(document, (file) => void this.#openFile(file));
    this.#ask = latest(
      (wanted: State) => this.#previewOf(wanted),
      (preview, isNewest) => this.#showPreview(preview, isNewest),
      (error, isNewest) => this.#showFailure(error, isNewest),
      { ms: patienceMs, abandon: () => this.#maker.restart() },
    );
    this.#numbers.element.hidden = true;
    this.#charts.element.hidden = true;
    this.#lay(root);
    this.#history = new PageHistory(
      this.#store,
      parameters,
      (list) => {
        this.#notices = list;
      },
      (place) => this.#header.showPlace(place),
    );
    this.#header.showPlace(this.#history.place);
    this.#store.subscribe((next) => this.#showState(next));
    this.#showState(state);
  }

  #lay(root: HTMLElement): void {
    fill(
      this.#main,
      this.#editor.element,
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
    );
  }

  #showState(state: State): void {
    this.#data.showView(state.view);
    this.#compare.loaded?.showState(state);
    const wasPinned = this.#pinned.pinned !== undefined;
    this.#pinned.follow(state);
    if (state.pinned === undefined && wasPinned) this.#showComparison();
    this.#showSettings();
    this.#askUnlessAsked(state);
  }

  /** A slider's last step is told twice, as a step and as the choice: one preview is enough. */
  #askUnlessAsked(state: State): void {
    const { split, from } = state.view;
    const wanted = isCustom(state)
      ? undefined
      : JSON.stringify([this.#configOf(state), split, from]);
    if (wanted !== undefined && wanted === this.#asked) return;
    this.#asked = wanted;
    this.#main.setAttribute('aria-busy', 'true');
    this.#ask(state);
  }

  async #previewOf(state: State): Promise<Preview> {
    const { split, from } = state.view;
    const request = { config: this.#configOf(state), split, from };
    const custom = isCustom(state) ? await this.#editor.load() : undefined;
    this.#maker = custom ?? this.#core;
    return custom ? custom.preview(state, request) : this.#core.call('preview', request);
  }

  #configOf(state: State): State['config'] {
    return activeConfig(state, this.#description.parameters);
  }

  #showPreview(preview: Preview, isNewest: boolean): void {
    this.#main.setAttribute('aria-busy', String(!isNewest));
    this.#preview = preview;
    this.#failure = undefined;
    const inspection = inspect(preview, this.#description.measures);
    this.#inspection = inspection;
    this.#numbers.element.hidden = false;
    this.#charts.element.hidden = false;
    this.#showData();
    this.#details.show(inspection);
    this.#status.show(preview);
    this.#showSettings();
  }

  /** What stands beside its pinned counterpart, if there is one. */
  #showComparison(): void {
    this.#showData();
    this.#showCharts();
  }

  #showData(): void {
    const { pinned } = this.#pinned;
    if (this.#inspection) this.#data.show(this.#inspection, pinned?.inspection);
    if (pinned || this.#compare.loaded) void this.#showCompare();
  }

  async #showCompare(): Promise<void> {
    const panel = await this.#part(this.#compare);
    panel?.showState(this.#store.state);
    panel?.show(this.#pinned.pinned, this.#inspection);
  }

  #showCharts(): void {
    if (this.#reading) this.#charts.show(this.#reading, this.#pinned.pinned?.reading);
  }

  #showFailure(error: unknown, isNewest: boolean): void {
    if (isNewest) this.#asked = undefined;
    if (!isNewest && error instanceof CoreError && error.kind === 'cancelled') return;
    this.#main.setAttribute('aria-busy', String(!isNewest));
    this.#failure =
      error instanceof CoreError
        ? error
        : new CoreError({ kind: 'internal', message: String(error), problems: [] });
    if (!this.#preview) this.#data.showNothing(this.#failure);
    this.#showSettings();
  }

  /** The form, and whatever is wrong with it. */
  #showSettings(): void {
    const failure = this.#failure;
    const problems = failure?.problems ?? [];
    const { state } = this.#store;
    const refusal = problems.length === 0 ? failure : undefined;
    const isTooLong = refusal?.kind === 'too_long';
    const isTold = this.#editor.show(state, isTooLong ? undefined : refusal) && !isTooLong;
    this.#form.showExpected(failure ? [] : (this.#preview?.truth ?? []));
    this.#form.showNotes(failure ? [] : (this.#preview?.notes ?? []));
    this.#problems.show({
      ...this.#form.show(state, problems),
      refusal: isTold ? undefined : refusal?.message,
      notices: this.#notices,
      isStale: failure !== undefined && this.#preview !== undefined,
    });
    const canDownload = this.#preview !== undefined && (failure === undefined || isTooLong);
    this.#header.show(familyOf(state), canDownload);
    this.#data.allowPin(canDownload && isPinnable(state.config));
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

  /** A part that is loaded first; where that fails, the visitor hears of it. */
  async #part<Part extends { readonly element: HTMLElement }>(
    later: Later<Part>,
  ): Promise<Part | undefined> {
    try {
      return await later.get();
    } catch {
      this.#notices = ['A part of the page could not be loaded; is the network there?'];
      this.#showSettings();
      return undefined;
    }
  }

  async #openFile(file?: File): Promise<void> {
    const dialog = await this.#part(this.#file);
    if (file) dialog?.drop(file);
    else dialog?.open();
  }

  async #openDownload(): Promise<void> {
    const dialog = await this.#part(this.#download);
    if (!dialog || !this.#preview) return;
    const { state } = this.#store;
    const custom = isCustom(state) ? this.#editor.loaded : undefined;
    dialog.open({
      given: this.#configOf(state),
      canonical: this.#preview.config,
      parameters: this.#description.parameters,
      code: custom?.codeOf(state),
      open: () => (custom ? custom.open(state) : new CoreClient(fullWorker)),
    });
  }
}
