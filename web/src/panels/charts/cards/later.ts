let loaded: typeof import('./later_drawings') | undefined;

/** Loads the drawings that the page's first sight does not need. */
export async function loadDrawings(): Promise<void> {
  loaded ??= await import('./later_drawings');
}

/** Those drawings, once they are loaded. */
export function drawings(): typeof import('./later_drawings') {
  return loaded!;
}
