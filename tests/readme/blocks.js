import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

/** The text of each fenced block, with its language: [{language, text}]. */
function blocksOf(markdown) {
  return [...markdown.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({
    language,
    text,
  }));
}

function documentAt(path) {
  const text = readFileSync(new URL(path, root), 'utf8');
  return { path, text, blocks: blocksOf(text) };
}

/** README and the pages of the guide: [{path, text, blocks}], with paths from the repository's root. */
export const documents = [
  'README.md',
  ...readdirSync(new URL('web/guide', root), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => `web/guide/${name}`),
].map(documentAt);

/** Every block of a language, with the block of output that follows it: [{path, code, output}]. */
export function examples(language) {
  return documents.flatMap(({ path, blocks }) =>
    blocks.flatMap((block, index) =>
      block.language === language
        ? [{ path, code: block.text, output: blocks[index + 1]?.text }]
        : [],
    ),
  );
}

/**
 * The commands of a console block, each with the output shown: [{command, output}]. A command
 * continues on the next line after a backslash.
 */
export function commands(text) {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command] = part.match(/^(?:.*\\\n)*.*\n/);
      return { command: command.trimEnd(), output: part.slice(command.length) };
    });
}

/** A pattern for shown output, in which … matches any text. */
export function shown(output) {
  const literal = output.split('…').map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^]*')}$`);
}
