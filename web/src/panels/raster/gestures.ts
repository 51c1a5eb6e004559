import type { Point } from './viewport';

/** How far a wheel must turn to double the size, in CSS pixels. */
const wheelDoubles = 200;
/** What one line of a wheel that counts lines is, in CSS pixels. */
const wheelLine = 40;

interface Pinch {
  distance: number;
  middle: Point;
}

function pinchOf([first, second]: TouchList | Touch[], { left, top }: DOMRect): Pinch | undefined {
  if (!first || !second) return undefined;
  return {
    distance: Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY),
    middle: {
      x: (first.clientX + second.clientX) / 2 - left,
      y: (first.clientY + second.clientY) / 2 - top,
    },
  };
}

/**
 * Calls `zoom` with a factor and the point of `target` to keep, for two fingers that spread or
 * close, and for the wheel with Ctrl (which is also how a touchpad's pinch arrives). One finger and
 * the plain wheel still scroll.
 */
export function zoomByGestures(
  target: HTMLElement,
  zoom: (factor: number, point: Point) => void,
): void {
  target.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const { left, top } = target.getBoundingClientRect();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? wheelLine : 1;
      const factor = 2 ** ((-event.deltaY * lines) / wheelDoubles);
      zoom(factor, { x: event.clientX - left, y: event.clientY - top });
    },
    { passive: false },
  );
  let last: Pinch | undefined;
  const begin = (event: TouchEvent) => {
    last = pinchOf(event.touches, target.getBoundingClientRect());
    if (last) event.preventDefault();
  };
  target.addEventListener('touchstart', begin, { passive: false });
  target.addEventListener('touchend', begin, { passive: false });
  target.addEventListener(
    'touchmove',
    (event) => {
      const next = pinchOf(event.touches, target.getBoundingClientRect());
      if (!last || !next || last.distance === 0) return;
      event.preventDefault();
      zoom(next.distance / last.distance, next.middle);
      last = next;
    },
    { passive: false },
  );
}
