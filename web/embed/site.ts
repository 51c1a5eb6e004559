/** The way from a script of a view to the site's root; null in the npm package, which has no site. */
declare const SYNTHGEN_SITE: string | null;

const here = import.meta.url;

/** The address of the site that the script comes from. */
export const ownSite = SYNTHGEN_SITE === null ? null : new URL(SYNTHGEN_SITE, here).href;
