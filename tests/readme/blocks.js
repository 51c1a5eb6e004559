import { readFileSync } from 'node:fs';

export const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The text of each fenced block, with its language: [{language, text}]. */
export const blocks = [...readme.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(
  ([, language, text]) => ({ language, text }),
);

/** The only block of a language, and the block of output behind it. */
export function example(language) {
  const index = blocks.findIndex((block) => block.language === language);
  return { code: blocks[index].text, output: blocks[index + 1].text };
}

/** The commands of a console block, each with the output shown: [{command, output}]. */
export function commands(text) {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), output: part.slice(end + 1) };
    });
}

/** A pattern for shown output, in which … stands for anything left out. */
export function shown(output) {
  const literal = output.split('…').map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^]*')}$`);
}
