import { element, fill } from '../dom/element';
import { LazyPanel } from '../dom/lazy_panel';
import { customFamily, isCustom, isPinnable } from '../model/custom_family';
import type { Inspection, Pinned } from '../model/inspection';
import type { Description } from '../model/preview';
import type { Reading } from '../model/reading';
import { ChartsPanel } from '../panels/charts/charts';
import { DataPanel } from '../panels/data/data';
import { EditorPlace } from '../panels/editor/place';
import { FormPanel } from '../panels/form/form';
import { FormSheet } from '../panels/form/sheet';
import { Header } from '../panels/header/header';
import type { Coverage } from '../panels/numbers/coverage';
import { NumbersPanel } from '../panels/numbers/numbers';
import { ProblemsPanel } from '../panels/problems';
import { StatusPanel } from '../panels/status';
import { decodeHash } from '../state/hash';
import { PageHistory } from '../state/history';
import { withFamily } from '../state/presets';
import { activeConfig, familyOf, Store, type Change, type State } from '../state/state';
import { CoreClient, type CoreError } from '../worker/client';
import { coreWorker, fullWorker } from '../worker/core_workers';
import { Details } from './details';
import { FrameTimer } from './frame_timer';
import { LazyParts } from './lazy_parts';
import type { PinnedPreview } from './pinned_preview';
import { PreviewController, type Maker } from './preview_controller';

/** For so many frames a small step of a setting waits for its data: both then show in one. */
const stepPatience = 6;

/** The page: one store, the panels that show it, and the controllers that get their data. */
export class App {
  readonly #core: CoreClient;
  readonly #description: Description;
  readonly #store: Store;
  readonly #history: PageHistory;
  readonly #header: Header;
  readonly #form: FormPanel;
  readonly #sheet: FormSheet;
  readonly #editor: EditorPlace;
  readonly #data: DataPanel;
  readonly #numbers = new NumbersPanel((change) => this.#changeConfig(change));
  readonly #charts = new ChartsPanel(
    (selection) => void this.#data.sequences.select(selection),
    (view) => void this.#lazy.editStages(view),
  );
  readonly #status: StatusPanel;
  readonly #lazy: LazyParts;
  readonly #main = element('main', { class: 'main' });
  readonly #problems = new ProblemsPanel(
    (key) => this.#removeKey(key),
    (key) => this.#goToField(key),
  );
  readonly #previews: PreviewController;
  /** Loaded once something is pinned. */
  readonly #pinned: LazyPanel<PinnedPreview>;
  readonly #details = new Details(
    (reading) => {
      this.#reading = reading;
      this.#showReading();
      if (!reading.isComplete) return;
      this.#data.sequences.rest();
      void this.#showCoverage();
      void this.#lazy.loadExtras();
    },
    (presets) => this.#form.offer(presets),
  );
  readonly #settingsTimer = new FrameTimer(() => this.#showSettings());
  #reading: Reading | undefined;
  /** What numbers and charts show. */
  #shown: Reading | undefined;
  /** Says which sequences the numbers are of; loaded with their details. */
  #coverage: Promise<Coverage | undefined> | undefined;
  #whole: Coverage | undefined;

  constructor(root: HTMLElement, core: CoreClient, description: Description) {
    const { parameters } = description;
    const families = [...description.families, customFamily];
    const { state, notices } = decodeHash(location.hash, parameters);
    this.#core = core;
    this.#description = description;
    this.#store = new Store(state);
    this.#header = new Header(families, {
      setFamily: (name) => {
        const untaken = families.find((family) => family.name === name)?.untaken;
        this.#setConfig(withFamily(this.#store.state.config, name, untaken));
      },
      openFile: () => void this.#lazy.openFile(),
      help: () => this.#lazy.withExtras('openShortcuts'),
      share: () => this.#lazy.withExtras('openShare'),
      download: () => void this.#openDownload(),
      themeChanged: () => this.#data.sequences.recolor(),
      undo: () => this.#history.undo(),
      redo: () => this.#history.redo(),
    });
    this.#form = new FormPanel(this.#store, parameters, families, {
      openGallery: () => this.#lazy.withExtras('openGallery'),
      openSearch: () => this.#lazy.withExtras('openSearch'),
    });
    this.#editor = new EditorPlace(this.#store);
    this.#data = new DataPanel(
      this.#store,
      (key) => this.#goToField(key),
      (preview, row) => this.#charts.markRow(preview, row),
    );
    this.#sheet = new FormSheet(this.#form.element, root, () =>
      this.#data.sequences.scrollIntoView(),
    );
    this.#status = new StatusPanel(description);
    this.#lazy = new LazyParts(root, this.#store, parameters, {
      page: {
        parameters: () => this.#form.parameters,
        goToField: (key) => this.#goToField(key),
        presets: () => this.#form.presets,
        offerPresets: (groups) => this.#form.offerGroups(groups),
        offerBlocks: (make) => this.#form.offerBlocks(make),
        usePreset: (preset) => this.#form.use(preset),
        turn: (direction) => this.#data.turn(direction),
        pin: () => this.#data.pin(),
        shown: () => {
          const { state: current } = this.#store;
          const { inspection, failure } = this.#previews;
          const code = this.#editor.loaded?.codeOf(current);
          return { state: current, parameters, inspection, failure, code };
        },
      },
      preview: () => this.#previews.inspection?.preview,
      putFile: (panel) => this.#data.element.before(panel),
      putCompare: ({ element: panel, summary }) => {
        this.#charts.element.before(panel);
        this.#data.sequences.summarize(summary);
      },
      failed: (notice) => {
        this.#previews.notices = [notice];
        this.#showSettings();
      },
    });
    const loadPinned = async () => {
      const { PinnedPreview: Part } = await import('./pinned_preview');
      return new Part(
        description,
        () => this.#showComparison(),
        () => new CoreClient(coreWorker),
      );
    };
    this.#pinned = new LazyPanel(
      loadPinned,
      () => {},
      () => {},
    );
    this.#previews = new PreviewController(description, (wanted) => this.#makerOf(wanted), {
      busy: (isBusy) => this.#main.setAttribute('aria-busy', String(isBusy)),
      data: (inspection) => this.#showPreview(inspection),
      failed: (failure) => this.#showFailure(failure),
    });
    this.#previews.notices = notices;
    this.#layOut(root);
    this.#history = new PageHistory(this.#store, parameters, (list) => {
      this.#previews.notices = list;
    });
    this.#store.subscribe((next, change) => this.#showState(next, change));
    this.#showState(state, 'visit');
  }

  #layOut(root: HTMLElement): void {
    this.#charts.element.hidden = true;
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

  #showState(state: State, change: Change): void {
    this.#data.showView(state.view);
    this.#lazy.compare?.showState(state);
    void this.#followPinned(state);
    const isAnswered = this.#previews.follow(state);
    const isStep = change === 'live' || change === 'nudge';
    if (isStep && isAnswered) this.#settingsTimer.start(stepPatience);
    else if (change === 'visit') this.#settingsTimer.start(1);
    else this.#showSettings();
  }

  /** What is known of the pinned data, if any is pinned. */
  get #a(): Pinned | undefined {
    return this.#pinned.loaded?.pinned;
  }

  async #followPinned({ pinned, pinnedFile }: State): Promise<void> {
    const isPinned = pinned !== undefined || pinnedFile !== undefined;
    const part = this.#pinned.loaded ?? (isPinned ? await this.#pinned.get() : undefined);
    const wasPinned = this.#a !== undefined;
    part?.follow(this.#store.state);
    if (wasPinned && !this.#a) this.#showComparison();
  }

  async #makerOf(state: State): Promise<Maker> {
    const { file } = state;
    if (file) return { preview: (_state, part) => file.preview(part), restart: () => {} };
    if (isCustom(state)) return this.#editor.load();
    return {
      preview: (_state, request) => this.#core.call('preview', request),
      restart: () => this.#core.restart(),
    };
  }

  #showPreview(inspection: Inspection): void {
    const isEmpty = inspection.report.num_sequences === 0;
    this.#numbers.element.hidden = isEmpty;
    this.#charts.element.hidden = isEmpty;
    this.#showData();
    this.#whole?.follow(inspection);
    this.#lazy.curriculum?.follow();
    const known = inspection.preview.file ? this.#store.state.file?.reading : undefined;
    this.#details.show(inspection, known);
    this.#status.show(inspection.preview);
    this.#showSettings();
  }

  #showFailure(failure: CoreError): void {
    if (!this.#previews.inspection) {
      this.#data.sequences.showNothing(failure);
      // What mends settings must not wait for their data.
      void this.#lazy.loadExtras();
    }
    this.#showSettings();
  }

  /** Everything that shows the pinned data next to the current data. */
  #showComparison(): void {
    this.#showData();
    this.#data.sequences.rest();
    this.#showCharts();
  }

  #showData(): void {
    const pinned = this.#a;
    const { inspection } = this.#previews;
    if (inspection) this.#data.show(inspection, pinned?.inspection);
    if (pinned || this.#lazy.compare) void this.#showCompare();
  }

  async #showCompare(): Promise<void> {
    const panel = await this.#lazy.loadCompare();
    panel?.showState(this.#store.state);
    panel?.show(this.#a, this.#previews.inspection);
  }

  /** Numbers and charts, of the data in view or of the whole split. */
  #showReading(): void {
    const reading = this.#whole?.reading ?? this.#reading;
    if (reading && reading !== this.#shown) this.#numbers.show(reading);
    this.#shown = reading;
    this.#showCharts();
  }

  #showCharts(): void {
    if (this.#shown) this.#charts.show(this.#shown, this.#a?.reading);
  }

  async #showCoverage(): Promise<void> {
    this.#coverage ??= import('../panels/numbers/coverage').then(
      ({ Coverage: Part }) => {
        const part = new Part(() => this.#showReading());
        this.#numbers.cover(part.element);
        return (this.#whole = part);
      },
      () => (this.#coverage = undefined),
    );
    await this.#coverage;
    const { inspection } = this.#previews;
    if (inspection) this.#whole?.follow(inspection);
  }

  /** The form, and whatever is wrong with it. */
  #showSettings(): void {
    this.#settingsTimer.stop();
    const { failure, inspection, notices } = this.#previews;
    const { state } = this.#store;
    const problems = failure?.problems ?? [];
    const refusal = problems.length === 0 ? failure : undefined;
    const isTooLong = refusal?.kind === 'too_long';
    const isInEditor = this.#editor.show(state, isTooLong ? undefined : refusal) && !isTooLong;
    const preview = failure ? undefined : inspection?.preview;
    this.#form.showExpected(preview?.truth ?? []);
    this.#form.showNotes(preview?.notes ?? []);
    this.#problems.show({
      ...this.#form.show(state, problems),
      refusal: isInEditor ? undefined : refusal?.message,
      notices,
      isStale: failure !== undefined && inspection !== undefined,
    });
    const hasAnswer = inspection !== undefined || failure !== undefined;
    const isAllowed = hasAnswer && (failure === undefined || isTooLong);
    const { file } = state;
    const reason = file ? 'The page shows a file' : failure?.message;
    this.#header.show(familyOf(state), isAllowed && !file, reason);
    this.#data.allowPin(file !== undefined || (isAllowed && isPinnable(state.config)));
    this.#header.showPlace(this.#history.place);
    document.body.classList.toggle('stale', failure !== undefined);
  }

  #setConfig(config: State['config']): void {
    this.#store.set({ ...this.#store.state, config }, 'commit');
  }

  #changeConfig(change: State['config']): void {
    this.#setConfig({ ...this.#store.state.config, ...change });
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

  async #openDownload(): Promise<void> {
    const { state } = this.#store;
    const { parameters } = this.#description;
    const custom = isCustom(state) ? this.#editor.loaded : undefined;
    const given = activeConfig(state, parameters);
    // Asked for, since the preview may be of earlier settings.
    const settings = custom ? custom.settings(state, given) : this.#core.call('settings', given);
    // The dialog shows why it rejects; it may not have loaded by then.
    settings.catch(() => {});
    await this.#lazy.openDownload({
      given,
      settings,
      parameters,
      code: custom?.codeOf(state),
      makers: custom
        ? { code: () => custom.open(state) }
        : { core: () => new CoreClient(fullWorker) },
    });
  }
}
