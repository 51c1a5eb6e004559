import type { Parameter } from 'synthgen';

import { listenForDrops } from '../dom/files';
import { LazyPanel } from '../dom/lazy_panel';
import type { ChartView } from '../panels/charts/chart_view';
import type { ComparePanel } from '../panels/compare/compare';
import type { CurriculumPanel } from '../panels/curriculum/curriculum';
import type { DownloadDialog, DownloadSource } from '../panels/download/download';
import type { FilePanel } from '../panels/file/file';
import type { Preview } from '../model/preview';
import type { Store } from '../state/state';
import type { Extras, PageActions } from './extras';

interface Actions {
  /** What the extras do with the page. */
  page: PageActions;
  /** Puts the panel for files in its place on the page. */
  putFile: (panel: HTMLElement) => void;
  /** Puts the comparison in its place on the page. */
  putCompare: (panel: ComparePanel) => void;
  /** The preview in view. */
  preview: () => Preview | undefined;
  /** Shows the visitor that a part could not be loaded. */
  failed: (notice: string) => void;
}

/** The parts that no first visit needs: comparison, download, files and more, loaded on first use. */
export class LazyParts {
  readonly #compare: LazyPanel<ComparePanel>;
  readonly #download: LazyPanel<DownloadDialog>;
  readonly #file: LazyPanel<FilePanel>;
  readonly #extras: LazyPanel<Extras>;
  readonly #fail: () => void;
  readonly #loadCurriculum: (view: ChartView) => LazyPanel<CurriculumPanel>;
  #curriculum: LazyPanel<CurriculumPanel> | undefined;

  constructor(
    root: HTMLElement,
    store: Store,
    parameters: readonly Parameter[],
    { page, putFile, putCompare, preview, failed }: Actions,
  ) {
    const fail = () => failed('A part of the page could not be loaded. Check your connection.');
    this.#fail = fail;
    const append = (dialog: { element: HTMLElement }) => root.append(dialog.element);
    const loadCompare = async () => {
      const { ComparePanel: Panel } = await import('../panels/compare/compare');
      return new Panel(store, parameters);
    };
    const loadDownload = async () => {
      const { DownloadDialog: Dialog } = await import('../panels/download/download');
      return new Dialog();
    };
    const loadFile = async () => {
      const { FilePanel: Panel } = await import('../panels/file/file');
      return new Panel(store);
    };
    const loadCurriculum = async (view: ChartView) => {
      const { CurriculumPanel: Panel } = await import('../panels/curriculum/curriculum');
      return new Panel(view, () => ({ preview: preview(), file: store.state.file }));
    };
    this.#loadCurriculum = (view) =>
      new LazyPanel(
        () => loadCurriculum(view),
        () => {},
        fail,
      );
    this.#compare = new LazyPanel(loadCompare, putCompare, fail);
    this.#download = new LazyPanel(loadDownload, append, fail);
    this.#file = new LazyPanel(loadFile, ({ element: panel }) => putFile(panel), fail);
    const loadExtras = async () => {
      const { Extras: All } = await import('./extras');
      return new All(page, parameters);
    };
    this.#extras = new LazyPanel(loadExtras, ({ element: links }) => root.prepend(links), fail);
    listenForDrops(document, (file) => void this.openFile(file));
  }

  /** The comparison, if it is loaded. */
  get compare(): ComparePanel | undefined {
    return this.#compare.loaded;
  }

  loadCompare(): Promise<ComparePanel | undefined> {
    return this.#compare.get();
  }

  /** Opens the stages of a curriculum on their chart. */
  async editStages(view: ChartView): Promise<void> {
    this.#curriculum ??= this.#loadCurriculum(view);
    (await this.#curriculum.get())?.open();
  }

  /** The curriculum, if it is loaded. */
  get curriculum(): CurriculumPanel | undefined {
    return this.#curriculum?.loaded;
  }

  /** Skip links, shortcuts, tour, gallery and share menu, which come once the first data is on the page. */
  loadExtras(): Promise<Extras | undefined> {
    return this.#extras.get();
  }

  /** Opens one of the extras' dialogs. */
  withExtras(open: 'openShortcuts' | 'openGallery' | 'openSearch' | 'openShare'): void {
    void this.loadExtras()
      .then((extras) => extras?.[open]())
      .catch(this.#fail);
  }

  /** Opens the panel for files, with a file or to choose one. */
  async openFile(file?: File): Promise<void> {
    const panel = await this.#file.get();
    if (file) panel?.drop(file);
    else panel?.open();
  }

  async openDownload(source: DownloadSource): Promise<void> {
    const dialog = await this.#download.get();
    dialog?.open(source);
  }
}
