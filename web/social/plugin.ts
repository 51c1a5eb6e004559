import type { HtmlTagDescriptor, Plugin } from 'vite';

/** The picture that other sites show with a link to this one: web/public/social.png. */
export const socialPicture = 'social.png';

const meta = (property: string, content: string): HtmlTagDescriptor => ({
  tag: 'meta',
  attrs: { property, content },
  injectTo: 'head',
});

const textOf = (html: string, pattern: RegExp) => pattern.exec(html)?.[1]?.trim() ?? '';

/** A page's Open Graph tags; `site` is the address of the built site. */
export function socialTags(html: string, path: string, site: URL): HtmlTagDescriptor[] {
  const address = (file: string) => new URL(file, site).href;
  return [
    meta('og:type', 'website'),
    meta('og:title', textOf(html, /<title>([^<]*)<\/title>/)),
    meta('og:description', textOf(html, /name="description"\s+content="([^"]*)"/)),
    meta('og:url', address(path === 'index.html' ? '' : path)),
    meta('og:image', address(socialPicture)),
    meta('og:image:width', '1200'),
    meta('og:image:height', '630'),
    meta('og:image:alt', 'Token sequences as rows of cells, coloured by their structure'),
    {
      tag: 'meta',
      attrs: { name: 'twitter:card', content: 'summary_large_image' },
      injectTo: 'head',
    },
  ];
}

/**
 * Adds Open Graph tags where SITE_URL says at which address the site will be: readers of such tags
 * take no relative addresses, and the site itself works under any.
 */
export function socialPlugin(): Plugin {
  const address = process.env['SITE_URL'];
  const site = address ? new URL(address.replace(/\/*$/, '/')) : undefined;
  return {
    name: 'social',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) => (site ? socialTags(html, path.replace(/^\//, ''), site) : []),
    },
  };
}
