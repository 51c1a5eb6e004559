import type { Cell, ChartTable, Chart } from '../../charts/frame';
import { save } from '../../dom/files';

function field(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as CSV (RFC 4180, but with newlines alone): numbers as they are, unknown ones empty. */
export function csvOf({ columns, rows }: ChartTable): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}

export type ChartFormat = 'SVG' | 'PNG' | 'CSV';

/** The styles that a saved drawing keeps. */
const styles = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
  'paint-order',
];

const padding = 14;
const headHeight = 34;
/** Pixels of a PNG for each of the drawing's. */
const usualDensity = 3;

/** Gives every element of the copy its original's computed styles. */
function keepLooks(original: Element, copy: Element): void {
  const computed = getComputedStyle(original);
  for (const name of styles) copy.setAttribute(name, computed.getPropertyValue(name));
  copy.removeAttribute('class');
  [...original.children].forEach((child, i) => {
    const counterpart = copy.children[i];
    if (counterpart) keepLooks(child, counterpart);
  });
}

/** The drawing as a file of its own: as it looks on the page, on its card, under its title. */
export function standalone(drawn: SVGElement, title: string, subtitle: string) {
  const copy = drawn.cloneNode(true) as SVGElement;
  keepLooks(drawn, copy);
  const { width, height } = drawn.getBoundingClientRect();
  const card = getComputedStyle(drawn.closest('.card') ?? document.documentElement);
  const size = { width: width + 2 * padding, height: height + headHeight + 2 * padding };
  const namespace = 'http://www.w3.org/2000/svg';
  const made = document.createElementNS(namespace, 'svg');
  const add = (tag: string, attributes: Record<string, string | number>, content = '') => {
    const part = document.createElementNS(namespace, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, String(value));
    part.textContent = content;
    made.append(part);
  };
  made.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  made.setAttribute('width', String(size.width));
  made.setAttribute('height', String(size.height));
  made.setAttribute('font-family', card.fontFamily);
  add('rect', { ...size, fill: card.backgroundColor });
  const at = { x: padding, fill: card.color };
  add('text', { ...at, y: padding + 12, 'font-size': 13, 'font-weight': 650 }, title);
  add('text', { ...at, y: padding + 27, 'font-size': 12, opacity: 0.75 }, subtitle);
  copy.setAttribute('x', String(padding));
  copy.setAttribute('y', String(padding + headHeight));
  made.append(copy);
  return { text: new XMLSerializer().serializeToString(made), ...size };
}

/** A drawing of its own as a PNG. */
export async function pngOf(
  { text, width, height }: ReturnType<typeof standalone>,
  density = usualDensity,
): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  await image.decode();
  URL.revokeObjectURL(image.src);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png');
  });
}

/** `equal-tokens-at-lag` */
function fileName(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** Hands the visitor the chart as a file. */
export async function saveChart(
  format: ChartFormat,
  drawn: SVGElement,
  chart: Chart,
  { title, subtitle }: { title: string; subtitle: string },
): Promise<void> {
  const name = `${fileName(title)}.${format.toLowerCase()}`;
  if (format === 'CSV') {
    save(name, new Blob([csvOf(chart.table)], { type: 'text/csv' }));
    return;
  }
  const picture = standalone(drawn, title, subtitle);
  if (format === 'PNG') save(name, await pngOf(picture));
  else save(name, new Blob([picture.text], { type: 'image/svg+xml' }));
}
