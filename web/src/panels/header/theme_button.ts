import { element } from '../../dom/element';

const storageKey = 'synthgen-theme';
type Theme = 'light' | 'dark';

function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined; // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // As above.
  }
}

/** Switches between light and dark; until it is used the system's choice holds. */
export function themeButton(changed: () => void): HTMLButtonElement {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const current = (): Theme => {
    const chosen = document.documentElement.dataset['theme'];
    return chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light';
  };
  const button = element('button', {
    type: 'button',
    class: 'icon-button theme-button',
    on: {
      click: () => {
        const next = current() === 'dark' ? 'light' : 'dark';
        document.documentElement.dataset['theme'] = next;
        store(next);
        show();
        changed();
      },
    },
  });
  const show = () => {
    const label = current() === 'dark' ? 'Light colours' : 'Dark colours';
    button.textContent = current() === 'dark' ? '☀' : '☾';
    button.setAttribute('aria-label', label);
    button.title = label;
  };
  const chosen = stored();
  if (chosen) document.documentElement.dataset['theme'] = chosen;
  system.addEventListener('change', () => {
    show();
    changed();
  });
  show();
  return button;
}
