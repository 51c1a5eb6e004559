import '../../theme/editor.css';

import type { Config } from 'synthgen';

import { CodeRunner, unrun, firstExample } from '../../custom/code_runner';
import type { State, Store } from '../../state/state';
import { CoreError } from '../../worker/client';
import type { DatasetClient } from '../../worker/messages';
import type { Preview, PreviewRequest } from '../../model/preview';
import { EditorPanel, type Outcome } from './editor';

function outcomeOf(failure: CoreError | undefined): Outcome | undefined {
  return failure && { text: failure.message, isWrong: failure.kind !== unrun };
}

/** What only the family custom needs: the editor and the runner of its code. */
export class Custom {
  readonly #editor: EditorPanel;
  readonly #runner = new CodeRunner();

  constructor(store: Store) {
    this.#editor = new EditorPanel((code) => {
      this.#runner.allow(code);
      store.set({ ...store.state, code: code === firstExample.code ? undefined : code }, 'commit');
    });
  }

  get element(): HTMLElement {
    return this.#editor.element;
  }

  /** Shows the state's code, and why it produced no data. */
  show(state: State, failure: CoreError | undefined): void {
    this.#editor.show(this.codeOf(state), outcomeOf(failure));
  }

  preview(state: State, request: PreviewRequest): Promise<Preview> {
    return this.#runner.call(this.codeOf(state), 'preview', request);
  }

  /** The canonical form of a config for the state's code. */
  settings(state: State, config: Config): Promise<Config> {
    return this.#runner.call(this.codeOf(state), 'settings', config);
  }

  /** Cancels the preview under way. */
  restart(): void {
    this.#runner.restart();
  }

  /** Another worker for the state's code. */
  open(state: State): DatasetClient {
    return this.#runner.open(this.codeOf(state));
  }

  codeOf({ code }: State): string {
    return code ?? firstExample.code;
  }
}
