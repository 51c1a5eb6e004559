/** The most bytes of code that a link holds; more is not run either, so that every view is a link. */
export const longestCodeBytes = 20_000;

/** How many bytes the code has in a link before it is encoded, and in a file. */
export function codeBytes(code: string): number {
  return new TextEncoder().encode(code).length;
}

/** Code as base64 for URLs: nothing in it that a mail or chat program would break. */
export function encodeCode(code: string): string {
  const bytes = new TextEncoder().encode(code);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The code that a link holds; undefined where it is none. */
export function decodeCode(text: string): string | undefined {
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    if (bytes.length > longestCodeBytes) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
