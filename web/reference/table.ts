import { element, type Child, type Html } from './markup';

export interface Cell {
  id?: string;
  content: Child;
}

/**
 * A table whose first column names its rows. On narrow screens the rows become blocks, in which each
 * cell shows its column's name. The roles are explicit because browsers drop them from tables that are
 * laid out as blocks.
 */
export function table(
  caption: Child | undefined,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Html {
  const heads = columns.map((column) =>
    element('th', { role: 'columnheader', scope: 'col' }, column),
  );
  const body = rows.map((cells) =>
    element(
      'tr',
      { role: 'row', id: cells[0]?.id },
      cells.map(({ content }, index) =>
        index === 0
          ? element('th', { role: 'rowheader', scope: 'row' }, content)
          : element(
              'td',
              { role: 'cell', 'data-column': columns[index] },
              element('span', {}, content),
            ),
      ),
    ),
  );
  return element(
    'table',
    { role: 'table', class: 'facts-table' },
    caption === undefined ? undefined : element('caption', {}, caption),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, heads)),
    element('tbody', { role: 'rowgroup' }, body),
  );
}
