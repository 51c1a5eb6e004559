import type { OpenFile } from '../model/open_file';
import { openingView, type State } from './state';

/** The state with a file in view, from its beginning; where it was measured again, in its place. */
export function withFileInView(state: State, file: OpenFile, last: OpenFile | undefined): State {
  if (last && state.pinnedFile === last && state.file !== last)
    return { ...state, pinnedFile: file };
  if (last && state.file === last) {
    const pinnedFile = state.pinnedFile === last ? file : state.pinnedFile;
    return { ...state, file, pinnedFile };
  }
  const { zoom, corner, from } = openingView;
  return { ...state, file, view: { ...state.view, zoom, corner, from } };
}

/** The state with the file in view as A, next to what the settings make. */
export function withFileAsA({ file, ...rest }: State): State {
  return { ...rest, pinned: undefined, pinnedFile: file };
}

/** The state without a file, on either side. */
export function withoutFile({ file, pinnedFile, ...rest }: State, gone: OpenFile): State {
  const { from } = openingView;
  return {
    ...rest,
    ...(file && file !== gone && { file }),
    ...(pinnedFile && pinnedFile !== gone && { pinnedFile }),
    view: { ...rest.view, from },
  };
}

/** The state with A and B exchanged. */
export function withSidesSwapped(state: State): State {
  const { config, pinned, file, pinnedFile } = state;
  const other = file ? undefined : config;
  return { ...state, config: pinned ?? config, pinned: other, file: pinnedFile, pinnedFile: file };
}
