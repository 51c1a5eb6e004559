import { settled } from './page.js';

/** Code whose class makes sequences by this body of generateSequence. */
export const classCode = (body) =>
  `export default ({ SequenceGenerator }) => class Made extends SequenceGenerator {
  generateSequence() {
    ${body}
  }
};
`;

const area = (page) => page.getByRole('textbox', { name: 'Generator code' });

/** The code in the editor. */
export const codeOf = (page) => area(page).inputValue();

/** Puts code into the editor without running it. */
export const write = (page, code) => area(page).fill(code);

/** Runs code and waits for its outcome. */
export async function runCode(page, code) {
  await write(page, code);
  await page.getByRole('button', { name: 'Run' }).click();
  await settled(page);
}

/** The editor's message about the code; empty if there is none. */
export const message = (page) => page.locator('.code-message').textContent();

/** Code as links hold it. */
export const codeParameter = (code) => Buffer.from(code).toString('base64url');
