import { element } from './element';

/** Hands the visitor a file. */
export function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  element('a', { href: url, download: name }).click();
  // The browser reads the URL after the click; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
