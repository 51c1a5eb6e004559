import { element } from '../../dom/element';

/** Where the keyboard can go from the top of the page at once. */
const places: [name: string, selector: string][] = [
  ['sequences', '.raster-grid, .text-view'],
  ['parameters', '.form select'],
  ['numbers', '.numbers'],
  ['charts', '.charts'],
];

function goTo(selector: string): void {
  const target = [...document.querySelectorAll<HTMLElement>(selector)].find((found) =>
    found.checkVisibility(),
  );
  if (!target) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.scrollIntoView({ block: 'nearest' });
  target.focus();
}

/** The page's first stops for the keyboard; buttons, since a link's fragment is the page's state. */
export function skipLinks(): HTMLElement {
  return element(
    'nav',
    { class: 'skip-links', 'aria-label': 'Skip' },
    ...places.map(([name, selector]) =>
      element(
        'button',
        { type: 'button', on: { click: () => goTo(selector) } },
        `Skip to the ${name}`,
      ),
    ),
  );
}
