/** Groups whose buttons are one stop of Tab, with the buttons that are stops in turn. */
const groups = [
  { group: 'fieldset', stops: '[aria-expanded].icon-button' },
  { group: '.chart-saves', stops: 'button' },
];

function moveIn(buttons: readonly HTMLElement[], at: number, key: string): number | undefined {
  const last = buttons.length - 1;
  const targets: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.min(last, Math.max(0, target));
}

/** Moves the focus within a group by the arrow keys; the button that had it last is the stop of Tab. */
export function roveByKeys(page: Document): void {
  page.addEventListener('keydown', (event) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || event.defaultPrevented) return;
    for (const { group, stops } of groups) {
      const own = target.matches(stops) ? target.closest(group) : null;
      if (!own) continue;
      const buttons = [...own.querySelectorAll<HTMLElement>(stops)];
      const next = moveIn(buttons, buttons.indexOf(target), event.key);
      if (next === undefined) return;
      event.preventDefault();
      buttons.forEach((button, i) => (button.tabIndex = i === next ? 0 : -1));
      buttons[next]?.focus();
      return;
    }
  });
}
