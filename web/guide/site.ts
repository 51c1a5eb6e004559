// What the pages of text do beyond showing their text.

import { startSearch } from './search/field';

const form = document.querySelector<HTMLFormElement>('.site-search');
if (form !== null) {
  startSearch(form);
  if (document.querySelector('synthgen-view') !== null) {
    // The element of this site. Until it is there, and where it cannot be loaded, views are pictures with links.
    const script = new URL(`${form.dataset['root'] ?? './'}view.js`, document.baseURI);
    import(/* @vite-ignore */ script.href).catch(() => undefined);
  }
}
