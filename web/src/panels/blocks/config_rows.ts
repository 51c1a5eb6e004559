import type { Parameter } from 'synthgen';

import { element, uniqueId } from '../../dom/element';
import { iconButton } from '../../dom/icon_button';
import { controlFor } from '../form/controls';
import type { SetPart } from './block_tree';
import type { Path } from './paths';

/** A value for a parameter that is added: its default, or for JSON an empty list. */
function firstValue({ default: usual, choices = [] }: Parameter): unknown {
  return usual === null ? [] : usual === '' ? (choices[0] ?? '') : usual;
}

/** A config inside another: a control for each of its parameters, and a way to add more. */
export function configRows(
  value: unknown,
  parameters: readonly Parameter[],
  path: Path,
  set: SetPart,
  placed: (path: Path, main: HTMLElement, row: HTMLElement) => HTMLElement,
): HTMLElement[] {
  const config = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const rows = Object.entries(config).map(([key, own]) => {
    const at = [...path, key];
    const parameter = parameters.find((entry) => entry.key === key);
    const remove = iconButton(`Remove ${key}`, '×', () => set(at, () => undefined));
    if (!parameter) {
      const row = element('div', { class: 'block-head' }, element('code', {}, key), remove);
      return placed(at, remove, row);
    }
    const ids = { main: uniqueId(key), label: uniqueId('label') };
    const control = controlFor(parameter)(parameter, ids, (next, kind) =>
      set(at, () => next, kind),
    );
    control.show(own);
    control.main.dataset['focus'] = at.join();
    const isLabelable = control.main.matches('input, select, textarea');
    const name = element(
      isLabelable ? 'label' : 'span',
      { id: ids.label, class: 'field-label', ...(isLabelable ? { for: ids.main } : {}) },
      parameter.label,
    );
    const head = element('div', { class: 'block-head' }, name, control.inHead, remove);
    return placed(at, control.main, element('div', {}, head, ...control.nodes));
  });
  const absent = parameters.filter(({ key }) => !(key in config));
  const adding = element(
    'select',
    {
      'aria-label': 'Add a parameter',
      on: {
        change: () => {
          const parameter = absent.find(({ key }) => key === adding.value);
          if (parameter) set([...path, parameter.key], () => firstValue(parameter));
        },
      },
    },
    element('option', { value: '' }, '+ parameter'),
    ...absent.map(({ key, label }) => element('option', { value: key }, label)),
  );
  return [...rows, adding];
}
