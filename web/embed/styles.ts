// The styles of all views of a page, as sheets that their shadow roots share. Constructed sheets need
// no permission of the page's policy.

const sheets: CSSStyleSheet[] = [];
const roots = new Set<ShadowRoot>();

function apply(root: ShadowRoot): void {
  root.adoptedStyleSheets = sheets;
}

/** Adds a style sheet to all views, those on the page included. */
export function addStyles(text: string): void {
  // A build that renders pages imports views, but shows none.
  if (!globalThis.CSSStyleSheet) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  sheets.push(sheet);
  roots.forEach(apply);
}

/** Gives the styles to a view that is on the page. */
export function useStyles(root: ShadowRoot): void {
  roots.add(root);
  apply(root);
}

export function dropStyles(root: ShadowRoot): void {
  roots.delete(root);
}
