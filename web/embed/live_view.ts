import './theme';

import { missingFeatures } from '../src/app/browser';
import { PinnedPreview } from '../src/app/pinned_preview';
import { PreviewController, type Maker } from '../src/app/preview_controller';
import { element, setText } from '../src/dom/element';
import { isCustom } from '../src/model/custom_family';
import type { Inspection } from '../src/model/inspection';
import type { Description } from '../src/model/preview';
import { titleOf } from '../src/panels/data/part_of_split';
import { encodeHash } from '../src/state/hash';
import { Store, withView, type Change, type State } from '../src/state/state';
import { CoreError } from '../src/worker/client';
import type { Given } from './attributes';
import { sharedCore } from './core';
import { DetailedReadings } from './detailed_readings';
import { LazyPlace } from './lazy_place';
import { ViewParts } from './parts';
import { settingsOf, type Settings } from './settings';
import { CoreShare } from './shared_core';

/** What a view has of the element that it is in. */
interface Host {
  /** The address of a playground, ending with a slash; null if there is none to open. */
  site: string | null;
  /** Sends an event of the element. */
  send: (name: 'change' | 'measure', detail: object) => void;
}

let missing: string[] | undefined;

const codeMessage =
  'Code of a visitor makes these sequences. It does not run in an embedded view: open the playground to read and run it.';

/** A view of a dataset: one store, the parts that show it, and the page's worker that makes its data. */
export class LiveView {
  readonly element = element('div', { class: 'view' });
  readonly #core: CoreShare;
  readonly #description: Description;
  readonly #host: Host;
  readonly #settings: Settings;
  readonly #store: Store;
  readonly #parts: ViewParts;
  readonly #previews: PreviewController;
  readonly #pinned: PinnedPreview;
  readonly #readings: DetailedReadings;
  readonly #problems = new LazyPlace(async () => {
    const { ProblemsPanel } = await import('../src/panels/problems');
    return new ProblemsPanel(
      (key) => this.#removeKey(key),
      (key) => this.#parts.focus(key),
    );
  });
  readonly #title = element('span', { role: 'status' });
  readonly #open = element('a', { target: '_blank', rel: 'noopener' }, 'Open in playground');
  #isClosed = false;

  /** A view with all that it needs; rejects with the reason why there is none. */
  static async open(given: Given, host: Host): Promise<LiveView> {
    missing ??= missingFeatures();
    if (missing.length > 0) throw new Error(`This browser lacks: ${missing.join(', ')}.`);
    const about = Object.values(given).join(' ');
    const core = await sharedCore(about);
    const description = await core.describe(about);
    const settings = settingsOf(given, description.parameters);
    const store = new Store(settings.state);
    const parts = await ViewParts.load(settings, store, description, host.site);
    return new LiveView(new CoreShare(core), description, settings, store, parts, host);
  }

  private constructor(
    core: CoreShare,
    description: Description,
    settings: Settings,
    store: Store,
    parts: ViewParts,
    host: Host,
  ) {
    this.#core = core;
    this.#description = description;
    this.#settings = settings;
    this.#store = store;
    this.#parts = parts;
    this.#host = host;
    this.#readings = new DetailedReadings(core, parts.needsDetails, (reading) => {
      if (this.#isClosed) return;
      parts.showReading(reading, this.#pinned.pinned?.reading);
      if (!reading.isComplete) return;
      const { report, comparisons, config } = reading;
      const { split, from } = store.state.view;
      host.send('measure', { config, split, from, report, comparisons });
    });
    this.#pinned = new PinnedPreview(
      description,
      () => this.#showComparison(),
      () => this.#core,
    );
    this.#previews = new PreviewController(description, (state) => this.#makerOf(state), {
      busy: (isBusy) => this.element.setAttribute('aria-busy', String(isBusy)),
      data: (inspection) => this.#showData(inspection),
      failed: (failure) => this.#showFailure(failure),
    });
    this.#previews.notices = settings.notices;
    const theme = element('i', {
      class: 'kind-probe kind-surface view-theme',
      on: { transitionend: () => parts.sequences?.recolor() },
    });
    this.#open.hidden = host.site === null;
    this.element.append(
      ...parts.controls,
      this.#problems.element,
      parts.element,
      element('p', { class: 'view-foot' }, this.#title, this.#open),
      theme,
    );
    store.subscribe((state, change) => this.#showState(state, change));
    this.#showState(store.state, 'visit');
  }

  /** The settings as the reader has changed them, and the part of a link that holds them. */
  get current(): { config: State['config']; link: string } {
    const { state } = this.#store;
    return { config: state.config, link: encodeHash(state, this.#description.parameters) };
  }

  /** Gives up what is under way. */
  close(): void {
    this.#isClosed = true;
    this.#core.restart();
  }

  #showState(state: State, change: Change): void {
    this.#parts.showState(state);
    if (this.#settings.parts.has('compare')) this.#pinned.follow(state);
    this.#previews.follow(state);
    const { link, config } = this.current;
    if (this.#host.site !== null) this.#open.href = `${this.#host.site}#${link}`;
    this.#showProblems();
    if (change !== 'visit') this.#host.send('change', { config, link });
  }

  async #makerOf(state: State): Promise<Maker> {
    if (isCustom(state)) throw new CoreError({ kind: 'unrun', message: codeMessage });
    return {
      preview: (_state, request) => this.#core.call('preview', request),
      restart: () => this.#core.restart(),
    };
  }

  #showData(inspection: Inspection): void {
    if (this.#isClosed) return;
    setText(this.#title, titleOf(inspection));
    this.#parts.show(inspection, this.#pinned.pinned);
    this.#readings.show(inspection);
    this.#showProblems();
    this.#parts.sequences?.rest();
  }

  #showComparison(): void {
    const { inspection } = this.#previews;
    if (this.#isClosed || !inspection) return;
    this.#parts.show(inspection, this.#pinned.pinned);
    this.#readings.again();
    this.#parts.sequences?.rest();
  }

  #showFailure(failure: CoreError): void {
    if (this.#isClosed) return;
    if (!this.#previews.inspection) this.#parts.sequences?.showNothing(failure);
    this.#showProblems();
  }

  #showProblems(): void {
    const { failure, inspection, notices } = this.#previews;
    const problems = failure?.problems ?? [];
    const isStale = failure !== undefined && inspection !== undefined;
    this.element.classList.toggle('stale', isStale);
    const shown = this.#parts.showProblems(this.#store.state, problems);
    const refusal = failure && problems.length === 0 ? failure.message : undefined;
    if (!failure && notices.length === 0 && !this.#problems.loaded) return;
    void this.#problems.show((panel) => panel.show({ ...shown, refusal, notices, isStale }));
  }

  #removeKey(key: string): void {
    const { [key]: _removed, ...config } = this.#store.state.config;
    this.#store.set({ ...withView(this.#store.state, {}), config }, 'commit');
  }
}
