import { element, type Attributes } from './element';

/** A button that shows a sign; `label` is its name, and its tooltip unless `more` has another. */
export function iconButton(
  label: string,
  sign: string,
  click: () => void,
  { class: className = '', ...more }: Attributes = {},
): HTMLButtonElement {
  return element(
    'button',
    {
      type: 'button',
      class: `icon-button ${className as string}`.trim(),
      'aria-label': label,
      title: label,
      ...more,
      on: { click },
    },
    sign,
  );
}
