import { element, setText } from '../dom/element';

/** A button that copies what `text` gives, and says for a moment that it has. */
export function copyButton(what: string, text: () => string): HTMLButtonElement {
  const label = `Copy ${what}`;
  const button = element(
    'button',
    {
      type: 'button',
      on: {
        click: async () => {
          const isCopied = await navigator.clipboard.writeText(text()).then(
            () => true,
            () => false,
          );
          setText(button, isCopied ? 'Copied' : 'The browser did not allow it');
          setTimeout(() => setText(button, label), 1500);
        },
      },
    },
    label,
  );
  return button;
}
