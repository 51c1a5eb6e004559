// What the pages of text do beyond showing their text.

import { startSearch } from './search/field';

const form = document.querySelector<HTMLFormElement>('.site-search');
if (form !== null) startSearch(form);
