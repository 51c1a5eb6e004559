import { element } from './element';

/** Hands the visitor a file. */
export function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  element('a', { href: url, download: name }).click();
  // The browser reads the URL after the click; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Hears of files that are dropped anywhere on the page. */
export function listenForDrops(page: Document, dropped: (file: File) => void): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  page.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  page.addEventListener('drop', (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    dropped(file);
  });
}
