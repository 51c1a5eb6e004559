import { element } from './element';

/**
 * Gives a row that scrolls sideways, the only child of `whole`, a fade and a button at each end beyond
 * which it goes on. The buttons are for pointers: the keyboard moves through the row itself, which
 * scrolls along.
 */
export function addScrollHints(whole: Element): void {
  const row = whole.firstElementChild as HTMLElement;
  const button = (side: 'start' | 'end', text: string, direction: number) =>
    element(
      'button',
      {
        type: 'button',
        class: `scroll-hint ${side}`,
        'aria-hidden': 'true',
        tabindex: '-1',
        on: { click: () => row.scrollBy({ left: direction * row.clientWidth * 0.7 }) },
      },
      text,
    );
  whole.append(button('start', '‹', -1), button('end', '›', 1));
  const show = () => {
    const { scrollLeft, scrollWidth, clientWidth } = row;
    whole.classList.toggle('more-before', scrollLeft > 1);
    whole.classList.toggle('more-after', scrollLeft + clientWidth < scrollWidth - 1);
  };
  row.addEventListener('scroll', show, { passive: true });
  new ResizeObserver(show).observe(row);
}
