// The site and a browser for the tests of one file: started before them, stopped after them.

import { after, before } from 'node:test';

import { launch, newPage } from './browser.js';
import { openPage } from './page.js';
import { serveSite } from './site.js';

export let site;
export let browser;

before(async () => {
  site = await serveSite();
  browser = await launch();
});

after(async () => {
  await browser.close();
  await site.close();
});

/** A page of the site, see `openPage`. */
export const visit = (settings) => openPage(browser, site, settings);

/** A page that has opened nothing yet, see `newPage`. */
export const blankPage = (settings) => newPage(browser, settings);
