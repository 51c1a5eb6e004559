import '../theme/dialog.css';

import { element, uniqueId, type Child } from './element';
import { iconButton } from './icon_button';

/** A dialog with a title and a button that closes it. */
export function dialogOf(
  title: string,
  className: string,
  ...children: Child[]
): HTMLDialogElement {
  const id = uniqueId('dialog-title');
  const close = iconButton('Close', '×', () => dialog.close());
  const dialog = element(
    'dialog',
    { class: `dialog ${className}`, 'aria-labelledby': id },
    element('div', { class: 'dialog-head' }, element('h2', { id }, title), close),
    ...children,
  );
  return dialog;
}
