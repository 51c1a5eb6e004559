let loaded: typeof import('./deferred_charts') | undefined;

/** Loads the charts that the first view does not need. */
export async function loadDrawings(): Promise<void> {
  loaded ??= await import('./deferred_charts');
}

/** Those charts; only after `loadDrawings`. */
export function drawings(): typeof import('./deferred_charts') {
  return loaded!;
}
