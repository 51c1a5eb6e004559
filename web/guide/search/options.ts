import type { Options } from 'minisearch';

/** A place that the search can lead to. */
export interface Place {
  /** From the site's root. */
  id: string;
  title: string;
  /** The page that it is on. */
  page: string;
  text: string;
  /** What is shown of the text. */
  start: string;
}

/** How places are indexed: the same when the site is built and when it is searched. */
export const options: Options<Place> = {
  fields: ['title', 'page', 'text'],
  storeFields: ['title', 'page', 'start'],
};
