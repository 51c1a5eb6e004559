import { createHash } from 'node:crypto';

import type { Plugin } from 'vite';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Puts script and style into the page, which then stands alone: no request, and a policy that
 * allows this script and this style and nothing else.
 */
export function singleFile(): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle: {
      // After Vite has resolved what it put around dynamic imports.
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle);
        const page = files.find(({ fileName }) => fileName.endsWith('.html'));
        const [script, ...others] = files.filter((file) => file.type === 'chunk');
        const style = files.find(({ fileName }) => fileName.endsWith('.css'));
        if (page?.type !== 'asset' || style?.type !== 'asset' || !script || others.length > 0) {
          throw new Error('the report is one page, one script and one style sheet');
        }
        const code = script.code.trim().replaceAll('</script', '<\\/script');
        const rules = String(style.source).trim();
        const policy = `default-src 'none'; script-src ${hashOf(code)}; style-src ${hashOf(rules)}; img-src data: blob:; base-uri 'none'; form-action 'none'`;
        const inlined = String(page.source)
          .replace(/\s*<script type="module"[^>]*><\/script>/, '')
          .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
          .replace(
            '<title>',
            () =>
              `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <style>${rules}</style>\n    <title>`,
          )
          .replace('</body>', () => `<script type="module">${code}</script>\n  </body>`);
        page.source = inlined;
        for (const file of [script, style]) delete bundle[file.fileName];
      },
    },
  };
}
